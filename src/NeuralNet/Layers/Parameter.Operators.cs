namespace NeuralNet;

// C# looks operators up on the operands' own types: without these a parameter would stand for its value beside a tensor alone.
public sealed partial class Parameter
{
    /// <summary>Negates the value.</summary>
    public static Tensor operator -(Parameter x) => -(Tensor)x;

    /// <summary>Adds two values, broadcast.</summary>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="DTypeException">The dtypes differ.</exception>
    /// <exception cref="DeviceException">The parameters are on different devices.</exception>
    public static Tensor operator +(Parameter a, Parameter b) => (Tensor)a + (Tensor)b;

    /// <summary>Adds a number to each element.</summary>
    public static Tensor operator +(Parameter a, Scalar b) => (Tensor)a + b;

    /// <summary>Adds each element to a number.</summary>
    public static Tensor operator +(Scalar a, Parameter b) => a + (Tensor)b;

    /// <summary>Subtracts two values, broadcast.</summary>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="DTypeException">The dtypes differ.</exception>
    /// <exception cref="DeviceException">The parameters are on different devices.</exception>
    public static Tensor operator -(Parameter a, Parameter b) => (Tensor)a - (Tensor)b;

    /// <summary>Subtracts a number from each element.</summary>
    public static Tensor operator -(Parameter a, Scalar b) => (Tensor)a - b;

    /// <summary>Subtracts each element from a number.</summary>
    public static Tensor operator -(Scalar a, Parameter b) => a - (Tensor)b;

    /// <summary>Multiplies two values element by element, broadcast.</summary>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="DTypeException">The dtypes differ.</exception>
    /// <exception cref="DeviceException">The parameters are on different devices.</exception>
    public static Tensor operator *(Parameter a, Parameter b) => (Tensor)a * (Tensor)b;

    /// <summary>Multiplies each element by a number.</summary>
    public static Tensor operator *(Parameter a, Scalar b) => (Tensor)a * b;

    /// <summary>Multiplies a number by each element.</summary>
    public static Tensor operator *(Scalar a, Parameter b) => a * (Tensor)b;

    /// <summary>Divides two values element by element, broadcast.</summary>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    /// <exception cref="DTypeException">The dtypes differ.</exception>
    /// <exception cref="DeviceException">The parameters are on different devices.</exception>
    public static Tensor operator /(Parameter a, Parameter b) => (Tensor)a / (Tensor)b;

    /// <summary>Divides each element by a number.</summary>
    public static Tensor operator /(Parameter a, Scalar b) => (Tensor)a / b;

    /// <summary>Divides a number by each element.</summary>
    public static Tensor operator /(Scalar a, Parameter b) => a / (Tensor)b;
}
