using System.Numerics;

namespace NeuralNet.Backends.Gpu;

// These go through the host, as docs/gpu.md says: the operands are copied to the processor, which computes in double, and the results back.
internal sealed partial class GpuBackend
{
    public long Inverse<T>(View<T> x, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> => OnHost(x, y, static (host, from, to) => host.Inverse(from, to));

    public long Solve<T>(View<T> a, View<T> b, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var matrices = HostOperand<T>.Read(this, a);
        using var sides = HostOperand<T>.Read(this, b);
        using var results = HostOperand<T>.Make(y.Layout.Shape);
        long failed = HostOperand.Backend.Solve(matrices.View, sides.View, results.View);
        results.Write(this, y);
        return failed;
    }

    public long Cholesky<T>(View<T> x, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> => OnHost(x, y, static (host, from, to) => host.Cholesky(from, to));

    public void Determinant<T>(View<T> x, bool logarithmic, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> => OnHost(x, y, (host, from, to) =>
        {
            host.Determinant(from, logarithmic, to);
            return -1;
        });

    public void Qr<T>(View<T> x, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> => OnHost(x, y, static (host, from, to) =>
        {
            host.Qr(from, to);
            return -1;
        });

    public long Svd<T>(View<T> x, bool vectors, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> => OnHost(x, y, (host, from, to) => host.Svd(from, vectors, to));

    public long Eigh<T>(View<T> x, bool vectors, View<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> => OnHost(x, y, (host, from, to) => host.Eigh(from, vectors, to));

    private long OnHost<T>(View<T> x, View<T> y, Func<IComputeBackend, View<T>, View<T>, long> compute)
        where T : unmanaged
    {
        using var matrices = HostOperand<T>.Read(this, x);
        using var results = HostOperand<T>.Make(y.Layout.Shape);
        long failed = compute(HostOperand.Backend, matrices.View, results.View);
        results.Write(this, y);
        return failed;
    }
}
