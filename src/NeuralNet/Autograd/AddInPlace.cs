using NeuralNet.Backends;

namespace NeuralNet;

/// <summary>Adds to a tensor that the library made and nobody else sees, such as a gradient that collects.</summary>
internal static class AddInPlace
{
    /// <summary>sum += term; shapes, dtypes and devices are equal.</summary>
    public static void Run(Tensor sum, Tensor term)
    {
        if (sum.Device.IsMeta)
            return;
        IComputeBackend backend = sum.Device.Backend;
        if (sum.DType == DType.Float32)
            backend.Binary(new AddOp.Operator<float>(), sum.View<float>(), term.View<float>(), sum.View<float>());
        else
            backend.Binary(new AddOp.Operator<double>(), sum.View<double>(), term.View<double>(), sum.View<double>());
        sum.Storage.BumpVersion();
        GC.KeepAlive(term);
    }
}
