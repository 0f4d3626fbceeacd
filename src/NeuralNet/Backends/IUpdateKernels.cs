namespace NeuralNet.Backends;

/// <summary>Steps of optimizers.</summary>
internal interface IUpdateKernels
{
    /// <summary>
    /// Runs each update's operator over each element of its parameter, in place: all parameters of a model in one dispatch. The views of
    /// one update are dense and in the same order of memory.
    /// </summary>
    void Update<T, TOp>(ArraySegment<Update<T, TOp>> updates)
        where T : unmanaged
        where TOp : unmanaged, IUpdateOperator<T>;
}
