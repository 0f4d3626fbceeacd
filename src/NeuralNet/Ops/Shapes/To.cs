using System.Buffers;
using NeuralNet.Backends;
using NeuralNet.Memory;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Brings the tensor to a device. Gradients flow back to where it came from.</summary>
    /// <returns>This tensor if it is there already, else a copy.</returns>
    /// <exception cref="DeviceException">The tensor is on <see cref="Device.Meta"/> and has no data to bring.</exception>
    public Tensor To(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (ReferenceEquals(device, Device) || (Device.IsMeta && ShapeInference.IsActive))
            return Unchanged();
        if (Device.IsMeta)
            throw new DeviceException($"To: a tensor of {Shape} on meta has no data to bring to {device}. Create it on {device}.");
        return Op.Apply(new ToOp(device), this);
    }
}

internal sealed class ToOp(Device target) : Op
{
    /// <summary>How many bytes pass through the host at a time.</summary>
    private const int MaxChunk = 1 << 20;

    private Device? _source;

    protected override Saves Saves => Saves.None;

    protected override Tensor Execute(Device device, ReadOnlySpan<Tensor> inputs)
    {
        _source = device;
        Tensor x = inputs[0];
        OutputInfo info = Infer(inputs);
        if (target.IsMeta)
            return Tensor.OnMeta(info.Layout, info.DType);
        using (Autograd.NoGrad())
            x = x.Layout.SameOrderAs(info.Layout) ? x : x.Clone();
        long byteLength = info.Layout.Length * info.DType.SizeOf();
        Storage storage = target.Backend.Allocate(byteLength);
        byte[] bytes = ArrayPool<byte>.Shared.Rent((int)Math.Min(byteLength, MaxChunk));
        try
        {
            for (long done = 0; done < byteLength; done += MaxChunk)
            {
                Span<byte> chunk = bytes.AsSpan(0, (int)Math.Min(byteLength - done, MaxChunk));
                device.Backend.Download(x.Storage, x.Layout.Offset * info.DType.SizeOf() + done, chunk);
                target.Backend.Upload(chunk, storage, done);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
        // A copy made above must not be collected, and its memory reused, before it is read.
        GC.KeepAlive(x);
        return new Tensor(storage, info.Layout, info.DType, target);
    }

    protected override OutputInfo Infer(ReadOnlySpan<Tensor> inputs) => new(inputs[0].Layout.DenseLike(), inputs[0].DType);

    protected override void Forward(IComputeBackend backend, ReadOnlySpan<Tensor> inputs, Tensor output) =>
        throw new System.Diagnostics.UnreachableException();

    protected override void Propagate(Tensor dy, Span<Tensor?> gradients) => gradients[0] = dy.To(_source!);
}
