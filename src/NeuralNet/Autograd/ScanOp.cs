using NeuralNet.Backends;

namespace NeuralNet;

/// <summary>Running results along an axis, in the wider dtypes: double for floats, Int64 for integers and Bool.</summary>
/// <param name="axis">The axis, normalised.</param>
internal abstract class ScanOp(int axis) : Op
{
    protected int Axis => axis;

    protected sealed override OutputInfo Infer(ReadOnlySpan<Tensor> inputs) =>
        new(Layout.Contiguous(inputs[0].Shape), Require.Accumulated(this, inputs[0].DType));

    protected sealed override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        Tensor x = inputs[0];
        switch (x.DType)
        {
            case DType.Float32:
                using (Scratch<double> wide = new(backend, output.Layout))
                {
                    Launch(backend, x.View<float>(), wide.View);
                    backend.Convert<double, float, CastOp.ToFloat32>(default, wide.View, output.View<float>());
                }
                break;
            case DType.Float64: Launch(backend, x.View<double>(), output.View<double>()); break;
            case DType.Int32: Launch(backend, x.View<int>(), output.View<long>()); break;
            case DType.Int64: Launch(backend, x.View<long>(), output.View<long>()); break;
            default: Launch(backend, x.View<byte>(), output.View<long>()); break;
        }
    }

    protected abstract void Launch(IComputeBackend backend, View<float> x, View<double> y);

    protected abstract void Launch(IComputeBackend backend, View<double> x, View<double> y);

    protected abstract void Launch(IComputeBackend backend, View<int> x, View<long> y);

    protected abstract void Launch(IComputeBackend backend, View<long> x, View<long> y);

    protected abstract void Launch(IComputeBackend backend, View<byte> x, View<long> y);
}
