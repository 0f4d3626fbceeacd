using NeuralNet.Backends;
using NeuralNet.Memory;

namespace NeuralNet;

/// <summary>Copies rows of a tensor into a batch, for data sets, which see no kernels.</summary>
internal static class ExampleRows
{
    /// <summary>The rows of the given numbers, which are in range, stacked.</summary>
    public static Tensor Take(Tensor source, ReadOnlySpan<long> indices)
    {
        Shape shape = new([indices.Length, .. source.Shape.Span[1..]]);
        Tensor rows = Tensor.Empty(shape, source.DType, source.Device);
        if (source.Device.IsMeta)
            return rows;
        IComputeBackend backend = source.Device.Backend;
        Storage held = source.Acquire();
        try
        {
            for (int i = 0; i < indices.Length; i++)
                DataMovement.Copy(backend, source, source.Layout.Select(0, indices[i]), rows, rows.Layout.Select(0, i));
        }
        finally
        {
            held.RemoveOwner();
        }
        return rows;
    }
}
