using System.Reflection;

namespace NeuralNet.Backends.Gpu;

/// <summary>A kernel of the registry: a generic method, and what closes it.</summary>
/// <param name="Method">The open generic method that is the kernel.</param>
/// <param name="OperatorInterface">
/// The open interface of the kernel's operator, its last type argument, whose own type arguments are the kernel's others in the same order;
/// null for a kernel without an operator, which has at most one type argument, the element type.
/// </param>
/// <param name="Types">What closes the element type of a kernel without an operator.</param>
internal sealed record Kernel(MethodInfo Method, Type? OperatorInterface, KernelTypes Types)
{
    public string Name => Method.Name;

    /// <summary>Closes a kernel without an operator over an element type.</summary>
    public MethodInfo Close(Type elementType) => Method.MakeGenericMethod(elementType);

    /// <summary>Closes the kernel over an operator.</summary>
    /// <param name="operatorInterface">The closed interface of the operator, which gives the element types.</param>
    /// <param name="operatorType">The operator, a closed struct.</param>
    public MethodInfo Close(Type operatorInterface, Type operatorType) =>
        Method.MakeGenericMethod([.. operatorInterface.GetGenericArguments(), operatorType]);
}
