namespace NeuralNet.Backends.Gpu;

internal static partial class PortableMath
{
    public static float Truncate(float x) => MathF.CopySign(MathF.Floor(MathF.Abs(x)), x);

    public static double Truncate(double x) => Math.CopySign(Math.Floor(Math.Abs(x)), x);

    // Unlike the instructions of a GPU, .NET passes NaN on, and takes +0 for larger than −0.
    public static float Max(float x, float y) =>
        x > y || float.IsNaN(x) ? x : x == y ? (BitConverter.SingleToInt32Bits(x) < 0 ? y : x) : y;

    public static double Max(double x, double y) =>
        x > y || double.IsNaN(x) ? x : x == y ? (BitConverter.DoubleToInt64Bits(x) < 0 ? y : x) : y;

    public static float Min(float x, float y) =>
        x < y || float.IsNaN(x) ? x : x == y ? (BitConverter.SingleToInt32Bits(x) < 0 ? x : y) : y;

    public static double Min(double x, double y) =>
        x < y || double.IsNaN(x) ? x : x == y ? (BitConverter.DoubleToInt64Bits(x) < 0 ? x : y) : y;
}
