using System.Reflection;

namespace NeuralNet.Backends.Gpu;

/// <summary>Names of kernels for messages.</summary>
internal static class KernelNames
{
    /// <summary>Writes a kernel with its type arguments, such as <c>Unary&lt;Single, TanhOp.Operator&lt;Single&gt;&gt;</c>.</summary>
    public static string Describe(MethodInfo kernel) =>
        kernel.IsGenericMethod ? $"{kernel.Name}<{string.Join(", ", kernel.GetGenericArguments().Select(Describe))}>" : kernel.Name;

    /// <summary>Writes a type with the types around it and its type arguments.</summary>
    public static string Describe(Type type)
    {
        string name = type.Name.Split('`')[0];
        if (type.DeclaringType is { } outer)
            name = $"{outer.Name.Split('`')[0]}.{name}";
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Describe))}>" : name;
    }
}
