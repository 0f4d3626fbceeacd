using NeuralNet.Memory;

namespace NeuralNet.Backends;

/// <summary>What a kernel sees of a tensor: a storage, and how the elements lie in it.</summary>
/// <typeparam name="T">The element type; <see cref="byte"/> for truth values.</typeparam>
internal readonly struct View<T>(Storage storage, Layout layout)
    where T : unmanaged
{
    public Storage Storage { get; } = storage;

    public Layout Layout { get; } = layout;

    public bool IsEmpty => Layout.Length == 0;

    public View<T> With(Layout layout) => new(Storage, layout);
}
