using NeuralNet.Backends;

namespace NeuralNet;

/// <summary>Moves elements of any dtype: only their size matters.</summary>
internal static class DataMovement
{
    /// <summary>y = x, where both layouts have one shape.</summary>
    public static void Copy(IComputeBackend backend, Tensor x, Layout from, Tensor y, Layout to)
    {
        switch (x.DType.SizeOf())
        {
            case 4: backend.Copy(x.View<uint>(from), y.View<uint>(to)); break;
            case 8: backend.Copy(x.View<ulong>(from), y.View<ulong>(to)); break;
            case 2: backend.Copy(x.View<ushort>(from), y.View<ushort>(to)); break;
            default: backend.Copy(x.View<byte>(from), y.View<byte>(to)); break;
        }
    }

    /// <summary>Sets all bits of y to 0, which is the number 0 in every dtype.</summary>
    public static void Clear(IComputeBackend backend, Tensor y)
    {
        switch (y.DType.SizeOf())
        {
            case 4: backend.Fill(0u, y.View<uint>()); break;
            case 8: backend.Fill(0ul, y.View<ulong>()); break;
            case 2: backend.Fill((ushort)0, y.View<ushort>()); break;
            default: backend.Fill((byte)0, y.View<byte>()); break;
        }
    }
}
