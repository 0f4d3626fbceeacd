using System.Reflection;
using NeuralNet.Backends;

namespace NeuralNet.Gpu.Tests;

/// <summary>Finds the scalar operators of an assembly, so that a new one is covered without a line here.</summary>
internal static class OperatorCatalogue
{
    private static readonly Type[] s_elementTypes = [typeof(float), typeof(double), typeof(int), typeof(long), typeof(byte)];

    private static readonly Type[] s_operatorInterfaces =
    [
        typeof(IUnaryOperator<>),
        typeof(IBinaryOperator<>),
        typeof(IComparisonOperator<>),
        typeof(IConversionOperator<,>),
        typeof(IReductionOperator<,>),
        typeof(IUpdateOperator<>),
    ];

    /// <summary>The structs that implement an operator interface, open where they are generic.</summary>
    public static IEnumerable<Type> OpenOperators(Assembly assembly) =>
        assembly.GetTypes().Where(type => type.IsValueType && type.GetInterfaces().Any(IsOperatorInterface)).OrderBy(type => type.FullName);

    /// <summary>
    /// Every closed operator, over all element types that its constraints admit, with each operator interface that it implements.
    /// </summary>
    public static IEnumerable<(Type Operator, Type Interface)> ClosedOperators(Assembly assembly) =>
        from open in OpenOperators(assembly)
        from closed in Close(open)
        from implemented in closed.GetInterfaces()
        where IsOperatorInterface(implemented)
        select (closed, implemented);

    private static bool IsOperatorInterface(Type type) =>
        type.IsGenericType && s_operatorInterfaces.Contains(type.GetGenericTypeDefinition());

    private static IEnumerable<Type> Close(Type open)
    {
        if (!open.IsGenericTypeDefinition)
            return [open];
        return Arguments(open.GetGenericArguments().Length).Select(arguments => TryClose(open, arguments)).OfType<Type>();
    }

    private static Type? TryClose(Type open, Type[] arguments)
    {
        try
        {
            return open.MakeGenericType(arguments);
        }
        catch (ArgumentException)
        {
            // The only way to ask whether the constraints hold.
            return null;
        }
    }

    private static IEnumerable<Type[]> Arguments(int count) =>
        count == 0 ? [[]] : Arguments(count - 1).SelectMany(_ => s_elementTypes, (head, last) => (Type[])[.. head, last]);
}
