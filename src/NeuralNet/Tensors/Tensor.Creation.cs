using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NeuralNet.Backends;
using NeuralNet.Memory;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Creates a tensor of zeros of Float32 on the CPU.</summary>
    /// <exception cref="ShapeException">A size is negative.</exception>
    [OverloadResolutionPriority(1)]
    public static Tensor Zeros(params ReadOnlySpan<long> shape) => Zeros(new Shape(shape), DType.Float32);

    /// <summary>Creates a tensor of zeros.</summary>
    public static Tensor Zeros(Shape shape, DType dtype = DType.Float32, Device? device = null)
    {
        Tensor tensor = Empty(shape, dtype, device);
        if (!tensor.Device.IsMeta)
            DataMovement.Clear(tensor.Device.Backend, tensor);
        return tensor;
    }

    /// <summary>Creates a tensor of ones of Float32 on the CPU.</summary>
    /// <exception cref="ShapeException">A size is negative.</exception>
    [OverloadResolutionPriority(1)]
    public static Tensor Ones(params ReadOnlySpan<long> shape) => Ones(new Shape(shape), DType.Float32);

    /// <summary>Creates a tensor of ones.</summary>
    public static Tensor Ones(Shape shape, DType dtype = DType.Float32, Device? device = null) => Full(shape, 1, dtype, device);

    /// <summary>Creates a tensor whose elements all have one value.</summary>
    /// <exception cref="DTypeException">The value has a fraction, the dtype holds none.</exception>
    public static Tensor Full(Shape shape, Scalar value, DType dtype = DType.Float32, Device? device = null)
    {
        Tensor tensor = Empty(shape, dtype, device);
        if (!tensor.Device.IsMeta)
            FillUnchecked(tensor, value, nameof(Full));
        return tensor;
    }

    /// <summary>Creates a tensor of zeros with the shape, dtype and device of another.</summary>
    public static Tensor ZerosLike(Tensor other) => Zeros(other.Shape, other.DType, other.Device);

    /// <summary>Creates a tensor of ones with the shape, dtype and device of another.</summary>
    public static Tensor OnesLike(Tensor other) => Ones(other.Shape, other.DType, other.Device);

    /// <summary>Creates a tensor of one value with the shape, dtype and device of another.</summary>
    public static Tensor FullLike(Tensor other, Scalar value) => Full(other.Shape, value, other.DType, other.Device);

    /// <summary>
    /// Creates the numbers from <paramref name="start"/> to below <paramref name="end"/>, by <paramref name="step"/>; of Float32 if nothing
    /// else is asked for.
    /// </summary>
    /// <returns>A tensor of [⌈(end − start)/step⌉].</returns>
    /// <exception cref="ArgumentException">The step is 0, not finite, or leads away from the end.</exception>
    [OverloadResolutionPriority(1)]
    public static Tensor Arange(double start, double end, double step = 1, DType dtype = DType.Float32, Device? device = null)
    {
        double steps = (end - start) / step;
        if (step == 0 || !double.IsFinite(steps) || steps < 0)
            throw NoSequence(start, end, step);
        return Sequence((long)Math.Ceiling(steps), start, step, dtype, device, nameof(Arange));
    }

    /// <summary>
    /// Creates the integers from <paramref name="start"/> to below <paramref name="end"/>, by <paramref name="step"/>; of Int64 if nothing
    /// else is asked for.
    /// </summary>
    /// <returns>A tensor of [⌈(end − start)/step⌉].</returns>
    /// <exception cref="ArgumentException">The step is 0, or leads away from the end.</exception>
    /// <exception cref="DTypeException">The dtype does not hold the numbers.</exception>
    [OverloadResolutionPriority(1)]
    public static Tensor Arange(long start, long end, long step = 1, DType dtype = DType.Int64, Device? device = null)
    {
        Int128 distance = (Int128)end - start;
        if (step == 0 || (distance != 0 && Int128.Sign(distance) != Math.Sign(step)))
            throw NoSequence(start, end, step);
        long count = (long)Int128.Min((distance + step - Math.Sign(step)) / step, long.MaxValue);
        if (dtype != DType.Int64)
            return Sequence(count, start, step, dtype, device, nameof(Arange));
        // Not by way of double, which rounds above 2^53.
        Tensor tensor = Empty(new Shape(count), dtype, device);
        if (!tensor.Device.IsMeta)
            tensor.Device.Backend.Sequence(start, step, tensor.View<long>());
        return tensor;
    }

    /// <summary>Creates the integers from 0 to below <paramref name="count"/>, of Int64.</summary>
    /// <exception cref="ShapeException">The count is negative.</exception>
    public static Tensor Arange(long count, DType dtype = DType.Int64, Device? device = null) =>
        Sequence(count, 0, 1, dtype, device, nameof(Arange));

    /// <summary>Creates evenly spaced numbers from <paramref name="start"/> to <paramref name="end"/>, both included.</summary>
    /// <returns>A tensor of [count].</returns>
    /// <exception cref="ShapeException">The count is negative.</exception>
    /// <exception cref="DTypeException">The dtype is not of floating point.</exception>
    public static Tensor Linspace(double start, double end, long count, DType dtype = DType.Float32, Device? device = null)
    {
        Require.FloatingPoint(nameof(Linspace), dtype);
        if (count < 2)
            return Full(new Shape(count), start, dtype, device);
        Tensor tensor = Sequence(count, start, (end - start) / (count - 1), dtype, device, nameof(Linspace));
        if (!tensor.Device.IsMeta)
            FillUnchecked(tensor.Alias(tensor.Layout.Slice(0, count - 1, 1, 1)), end, nameof(Linspace));
        return tensor;
    }

    /// <summary>Creates a matrix with ones on the diagonal.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns; as many as rows if left out.</param>
    /// <param name="dtype">The dtype.</param>
    /// <param name="device">The device; the CPU if left out.</param>
    /// <exception cref="ShapeException">A size is negative.</exception>
    public static Tensor Eye(long rows, long? columns = null, DType dtype = DType.Float32, Device? device = null)
    {
        Tensor tensor = Zeros(new Shape(rows, columns ?? rows), dtype, device);
        long length = Math.Min(rows, columns ?? rows);
        if (!tensor.Device.IsMeta && length > 0)
        {
            Layout diagonal = new(new Shape(length), [tensor.Shape[1] + 1], 0);
            FillUnchecked(tensor.Alias(diagonal), 1, nameof(Eye));
        }
        return tensor;
    }

    /// <summary>Creates a tensor from host memory, which is copied: <c>Tensor.From([1f, 2f, 3f, 4f], [2, 2])</c>.</summary>
    /// <param name="values">The elements in logical order; their type gives the dtype.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="device">The device; the CPU if left out.</param>
    /// <exception cref="ShapeException">The shape has another number of elements.</exception>
    public static Tensor From<T>(ReadOnlySpan<T> values, Shape shape, Device? device = null)
        where T : unmanaged
    {
        DType dtype = DTypes.Of<T>();
        if (values.Length != shape.Length)
            throw new ShapeException($"From: {values.Length} values for the shape {shape} of {shape.Length} elements. Give as many as "
                + "the shape has.");
        Tensor tensor = Empty(shape, dtype, device);
        if (!tensor.Device.IsMeta)
            HostTransfer.Upload(tensor.Device.Backend, values, tensor.Storage, 0);
        return tensor;
    }

    /// <summary>Creates a tensor from an array, which is copied.</summary>
    /// <exception cref="ShapeException">The shape has another number of elements.</exception>
    public static Tensor From<T>(T[] values, Shape shape, Device? device = null)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(values);
        return From<T>(values.AsSpan(), shape, device);
    }

    /// <summary>Creates a vector from an array, which is copied.</summary>
    public static Tensor From<T>(T[] values, Device? device = null)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(values);
        return From<T>(values.AsSpan(), new Shape(values.LongLength), device);
    }

    /// <summary>Creates a matrix from an array, which is copied.</summary>
    public static Tensor From<T>(T[,] values, Device? device = null)
        where T : unmanaged => FromArray<T>(values, device);

    /// <summary>Creates a tensor of three axes from an array, which is copied.</summary>
    public static Tensor From<T>(T[,,] values, Device? device = null)
        where T : unmanaged => FromArray<T>(values, device);

    /// <summary>Creates a tensor of four axes from an array, which is copied.</summary>
    public static Tensor From<T>(T[,,,] values, Device? device = null)
        where T : unmanaged => FromArray<T>(values, device);

    /// <summary>Creates a scalar.</summary>
    public static Tensor FromScalar<T>(T value, Device? device = null)
        where T : unmanaged => From<T>([value], default, device);

    /// <summary>A tensor whose memory is whatever it was.</summary>
    internal static Tensor Empty(Shape shape, DType dtype, Device? device)
    {
        device ??= Device.Cpu;
        Layout layout = Layout.Contiguous(shape);
        return device.IsMeta
            ? OnMeta(layout, dtype)
            : new(device.Backend.Allocate(layout.Length * dtype.SizeOf()), layout, dtype, device);
    }

    /// <summary>Zeros that lie in memory as another tensor's elements do, without gaps.</summary>
    internal static Tensor ZerosInOrderOf(Tensor other)
    {
        Layout layout = other.Layout.DenseLike();
        if (other.Device.IsMeta)
            return OnMeta(layout, other.DType);
        Tensor tensor = new(other.Device.Backend.Allocate(layout.Length * other.DType.SizeOf()), layout, other.DType, other.Device);
        FillUnchecked(tensor, 0, nameof(ZerosLike));
        return tensor;
    }

    internal static Tensor OnMeta(Layout layout, DType dtype) => new(new MetaStorage(), layout, dtype, Device.Meta);

    /// <summary>A scalar operand with the dtype and device of the tensor that it meets.</summary>
    internal static Tensor OfScalar(Scalar value, Tensor like)
    {
        if (like.Device.IsMeta)
            return OnMeta(Layout.Scalar, like.DType);
        IComputeBackend backend = like.Device.Backend;
        Storage storage = like.DType switch
        {
            DType.Float32 => backend.AllocateScalar((float)value.ToDouble()),
            DType.Float64 => backend.AllocateScalar(value.ToDouble()),
            DType.Int32 => backend.AllocateScalar((int)value.ToInt64(like.DType, nameof(Scalar))),
            DType.Int64 => backend.AllocateScalar(value.ToInt64(like.DType, nameof(Scalar))),
            DType.UInt8 => backend.AllocateScalar((byte)value.ToInt64(like.DType, nameof(Scalar))),
            DType.Bool => backend.AllocateScalar((byte)(value.ToDouble() != 0 ? 1 : 0)),
            DType.Float16 => backend.AllocateScalar((Half)value.ToDouble()),
            _ => backend.AllocateScalar((BFloat16)(float)value.ToDouble()),
        };
        return new(storage, Layout.Scalar, like.DType, like.Device);
    }

    private static Tensor FromArray<T>(Array values, Device? device)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(values);
        long[] sizes = new long[values.Rank];
        for (int axis = 0; axis < sizes.Length; axis++)
            sizes[axis] = values.GetLongLength(axis);
        ReadOnlySpan<T> span = values.Length == 0
            ? []
            : MemoryMarshal.CreateReadOnlySpan(
                ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(values)), values.Length);
        return From(span, new Shape(sizes.AsSpan()), device);
    }

    private static ArgumentException NoSequence(IFormattable start, IFormattable end, IFormattable step) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"Arange: from {start} to {end} by {step} is no finite sequence. Give the step the sign of end − start, and finite numbers."));

    private static Tensor Sequence(long count, double start, double step, DType dtype, Device? device, string where)
    {
        Require.Numeric(where, dtype);
        Tensor tensor = Empty(new Shape(count), dtype, device);
        if (tensor.Device.IsMeta)
            return tensor;
        IComputeBackend backend = tensor.Device.Backend;
        if (dtype.IsInteger() && count > 0)
            ((Scalar)(start + (count - 1) * step)).ToInt64(dtype, where);
        switch (dtype)
        {
            case DType.Float32: RoundedSequence(); break;
            case DType.Float64: backend.Sequence(start, step, tensor.View<double>()); break;
            case DType.Int32: backend.Sequence(Whole<int>(start), Whole<int>(step), tensor.View<int>()); break;
            case DType.Int64: backend.Sequence(Whole<long>(start), Whole<long>(step), tensor.View<long>()); break;
            default: backend.Sequence(Whole<byte>(start), Whole<byte>(step), tensor.View<byte>()); break;
        }
        return tensor;

        // Computed in double and rounded once, so that 0.1 steps do not drift.
        void RoundedSequence()
        {
            using Scratch<double> wide = new(backend, tensor.Layout);
            backend.Sequence(start, step, wide.View);
            backend.Convert<double, float, CastOp.ToFloat32>(default, wide.View, tensor.View<float>());
        }

        T Whole<T>(double value)
            where T : INumber<T> => T.CreateChecked(((Scalar)value).ToInt64(dtype, where));
    }

    private static void FillUnchecked(Tensor tensor, Scalar value, string where)
    {
        IComputeBackend backend = tensor.Device.Backend;
        switch (tensor.DType)
        {
            case DType.Float32: backend.Fill((float)value.ToDouble(), tensor.View<float>()); break;
            case DType.Float64: backend.Fill(value.ToDouble(), tensor.View<double>()); break;
            case DType.Int32: backend.Fill((int)value.ToInt64(tensor.DType, where), tensor.View<int>()); break;
            case DType.Int64: backend.Fill(value.ToInt64(tensor.DType, where), tensor.View<long>()); break;
            case DType.UInt8: backend.Fill((byte)value.ToInt64(tensor.DType, where), tensor.View<byte>()); break;
            case DType.Bool: backend.Fill((byte)(value.ToDouble() != 0 ? 1 : 0), tensor.View<byte>()); break;
            case DType.Float16: backend.Fill((Half)value.ToDouble(), tensor.View<Half>()); break;
            default: backend.Fill((BFloat16)(float)value.ToDouble(), tensor.View<BFloat16>()); break;
        }
    }
}
