namespace NeuralNet.Backends;

/// <summary>What an optimizer does to one parameter in one step.</summary>
/// <param name="Operator">The formula with the numbers of this step.</param>
/// <param name="Parameter">What is changed.</param>
/// <param name="Gradient">Its gradient.</param>
/// <param name="States">What is remembered between steps, changed too: as many as the operator has.</param>
internal readonly record struct Update<T, TOp>(TOp Operator, View<T> Parameter, View<T> Gradient, UpdateStates<T> States)
    where T : unmanaged
    where TOp : unmanaged, IUpdateOperator<T>;

/// <summary>Up to three views; those that an operator does not have are the default.</summary>
internal readonly record struct UpdateStates<T>(View<T> First, View<T> Second, View<T> Third)
    where T : unmanaged;
