using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NeuralNet.Backends.Cpu;
using NeuralNet.Memory;

namespace NeuralNet;

/// <summary>Sees the elements of a tensor during a call of <see cref="Tensor.Read{T}"/>.</summary>
public delegate void SpanReader<T>(ReadOnlySpan<T> elements);

/// <summary>Sees and changes the elements of a tensor during a call of <see cref="Tensor.Write{T}"/>.</summary>
public delegate void SpanWriter<T>(Span<T> elements);

/// <summary>Sees the elements of a tensor, with their shape, during a call of <see cref="Tensor.ReadTensor{T}"/>.</summary>
public delegate void TensorSpanReader<T>(in ReadOnlyTensorSpan<T> elements);

/// <summary>Sees and changes the elements of a tensor, with their shape, during a call of <see cref="Tensor.WriteTensor{T}"/>.</summary>
public delegate void TensorSpanWriter<T>(in TensorSpan<T> elements);

public sealed partial class Tensor
{
    /// <summary>Copies the elements, in logical order, into a new array.</summary>
    /// <typeparam name="T">The element type that belongs to the dtype.</typeparam>
    /// <exception cref="DTypeException">The dtype has another element type.</exception>
    /// <exception cref="DeviceException">The tensor has no data (<see cref="Device.Meta"/>).</exception>
    public T[] ToArray<T>()
        where T : unmanaged => CopyOut<T>(nameof(ToArray));

    /// <summary>Copies the elements into a span that is the caller's own.</summary>
    /// <inheritdoc cref="ToArray{T}"/>
    public ReadOnlySpan<T> AsSpan<T>()
        where T : unmanaged => CopyOut<T>(nameof(AsSpan));

    /// <summary>Copies the elements, in logical order, into host memory.</summary>
    /// <exception cref="ShapeException">The destination is too short.</exception>
    /// <inheritdoc cref="ToArray{T}"/>
    public void CopyTo<T>(Span<T> destination)
        where T : unmanaged
    {
        RequireData<T>(nameof(CopyTo));
        if (destination.Length < Length)
            throw new ShapeException($"CopyTo: a tensor of {Shape} has {Length} elements, the destination holds {destination.Length}. "
                + "Make it at least as long.");
        Download(destination[..(int)Length]);
    }

    /// <summary>Gets the only element of a tensor.</summary>
    /// <exception cref="ShapeException">There are none or several.</exception>
    /// <inheritdoc cref="ToArray{T}"/>
    public T Item<T>()
        where T : unmanaged
    {
        if (Length != 1)
            throw new ShapeException($"Item: a tensor of {Shape} has {Length} elements, not one. Index it first, or use ToArray.");
        RequireData<T>(nameof(Item));
        T item = default;
        Download(new Span<T>(ref item));
        return item;
    }

    /// <summary>Lets a function see the elements, in logical order, without a copy where they lie so.</summary>
    /// <exception cref="DeviceException">The tensor is not in host memory.</exception>
    /// <exception cref="DTypeException">The dtype has another element type.</exception>
    public void Read<T>(SpanReader<T> reader)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(reader);
        RequireData<T>(nameof(Read));
        RequireHost(nameof(Read));
        Tensor source = ContiguousData(out bool isOwn);
        Storage held = source.Acquire();
        try
        {
            reader(source.HostSpan<T>());
        }
        finally
        {
            held.RemoveOwner();
            if (isOwn)
                source.End();
        }
    }

    /// <summary>Lets a function see the elements with their shape, without a copy where they lie in logical order.</summary>
    /// <inheritdoc cref="Read{T}"/>
    public void ReadTensor<T>(TensorSpanReader<T> reader)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(reader);
        Read<T>(span => reader(new ReadOnlyTensorSpan<T>(span, NativeSizes())));
    }

    /// <summary>Lets a function change the elements, in logical order, without a copy where they lie so.</summary>
    /// <remarks>This is for data: nothing differentiates through it. Gradients that saved the old contents refuse to run
    /// afterwards.</remarks>
    /// <exception cref="DeviceException">The tensor is not in host memory.</exception>
    /// <exception cref="DTypeException">The dtype has another element type.</exception>
    /// <exception cref="InvalidOperationException">Gradients are on and the tensor requires one, or several elements share
    /// memory.</exception>
    public void Write<T>(SpanWriter<T> writer)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(writer);
        RequireData<T>(nameof(Write));
        RequireHost(nameof(Write));
        RequireWritable(nameof(Write));
        Storage held = Acquire();
        try
        {
            if (IsContiguous)
            {
                writer(HostSpan<T>());
            }
            else
            {
                T[] elements = CopyOut<T>(nameof(Write));
                writer(elements);
                CopyFromUnchecked(From(elements, Shape, Device));
            }
        }
        finally
        {
            // A writer that throws may have written before.
            held.BumpVersion();
            held.RemoveOwner();
        }
    }

    /// <summary>Lets a function change the elements with their shape, without a copy where they lie in logical order.</summary>
    /// <inheritdoc cref="Write{T}"/>
    public void WriteTensor<T>(TensorSpanWriter<T> writer)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(writer);
        Write<T>(span => writer(new TensorSpan<T>(span, NativeSizes())));
    }

    /// <summary>The elements of a contiguous tensor in host memory; valid while the caller holds the storage.</summary>
    internal Span<T> HostSpan<T>()
        where T : unmanaged
    {
        if (typeof(T) == typeof(bool))
            return MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref View<byte>().Reference()), checked((int)Length));
        return MemoryMarshal.CreateSpan(ref View<T>().Reference(), checked((int)Length));
    }

    /// <summary>Copies bytes of a contiguous tensor, in logical order, from the byte <paramref name="start"/> on.</summary>
    internal void DownloadBytes(long start, Span<byte> destination)
    {
        Storage held = Acquire();
        try
        {
            Device.Backend.Download(held, Layout.Offset * DType.SizeOf() + start, destination);
        }
        finally
        {
            held.RemoveOwner();
        }
    }

    /// <summary>Sets bytes of a contiguous tensor that nobody else knows yet, from the byte <paramref name="start"/> on.</summary>
    internal void UploadBytes(long start, ReadOnlySpan<byte> source)
    {
        Storage held = Acquire();
        try
        {
            Device.Backend.Upload(source, held, Layout.Offset * DType.SizeOf() + start);
        }
        finally
        {
            held.RemoveOwner();
        }
    }

    private T[] CopyOut<T>(string where)
        where T : unmanaged
    {
        RequireData<T>(where);
        T[] array = new T[Length];
        Download(array.AsSpan());
        return array;
    }

    /// <summary>Copies all elements, in logical order; type and length were checked.</summary>
    private void Download<T>(Span<T> destination)
        where T : unmanaged
    {
        Tensor source = ContiguousData(out bool isOwn);
        Storage held = source.Acquire();
        try
        {
            HostTransfer.Download(source.Device.Backend, held, source.Layout.Offset * Unsafe.SizeOf<T>(), destination);
        }
        finally
        {
            held.RemoveOwner();
            if (isOwn)
                source.End();
        }
    }

    private nint[] NativeSizes() => [.. Shape.Array.Select(size => (nint)size)];

    /// <summary>This tensor, or a contiguous copy that the caller ends.</summary>
    private Tensor ContiguousData(out bool isOwn)
    {
        isOwn = !IsContiguous;
        if (IsContiguous)
            return this;
        using (Autograd.NoGrad())
            return Contiguous();
    }

    private void RequireHost(string where)
    {
        if (!Device.IsHost)
            throw new DeviceException($"{where}: a tensor on {Device} is not in host memory. Use To(Device.Cpu) first.");
    }

    /// <summary>Whether the elements can be seen as a span of the type.</summary>
    private void RequireData<T>(string where)
    {
        DType asked = DTypes.Of<T>();
        if (asked != DType)
            throw new DTypeException($"{where}: elements of {DType} asked for as {typeof(T).Name}. Use Cast(DType.{asked}) first, or "
                + $"the element type of {DType}.");
        if (Device.IsMeta)
            throw new DeviceException($"{where}: a tensor of {Shape} on meta has a shape and no data. Create it on Device.Cpu to have "
                + "values.");
        _ = Storage;
        if (Length > Array.MaxLength)
            throw new ShapeException($"{where}: a tensor of {Shape} has {Length} elements, more than the {Array.MaxLength} of the "
                + "longest array. Take parts of it with Slice.");
    }
}
