namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>
/// Images with the channels of a pixel side by side, and with room around them: the tensor itself where it lies like that, otherwise a copy.
/// </summary>
internal readonly unsafe ref struct ChannelsLast<T> : IDisposable
    where T : unmanaged
{
    private readonly Scratch<T> _copy;
    private readonly bool _isCopy;

    /// <summary>Takes the images, or copies them.</summary>
    /// <param name="backend">Where they are.</param>
    /// <param name="x">The images, [N, C, …].</param>
    /// <param name="before">How many zeros are needed before them, for each spatial axis.</param>
    /// <param name="sizes">How many pixels are read along each, the zeros included.</param>
    /// <param name="slack">How many elements behind the last one may be read.</param>
    public ChannelsLast(CpuBackend backend, View<T> x, scoped ReadOnlySpan<long> before, scoped ReadOnlySpan<long> sizes, long slack = 0)
    {
        if (slack == 0 && Fits(x.Layout, before, sizes))
        {
            View = x;
            return;
        }
        Span<long> room = stackalloc long[x.Layout.Rank];
        x.Layout.Sizes[..2].CopyTo(room);
        sizes.CopyTo(room[2..]);
        Layout layout = Layout.ChannelsLast(Shape.Remembered(room));
        _copy = new(backend, layout.Length + slack);
        _isCopy = true;
        View = new(_copy.Storage, layout);
        if (slack > 0)
            _copy.Elements()[(int)layout.Length..].Clear();
        if (AreLines(x.Layout))
            CopyLines(backend, x, before, layout);
        else
            Transpose(backend, x, before, sizes);
    }

    public View<T> View { get; }

    public void Dispose()
    {
        if (_isCopy)
            _copy.Dispose();
    }

    /// <summary>Whether images of this layout can be read as they lie.</summary>
    public static bool Fits(Layout layout, ReadOnlySpan<long> before, ReadOnlySpan<long> sizes)
    {
        for (int i = 0; i < sizes.Length; i++)
        {
            if (before[i] != 0 || sizes[i] > layout.Sizes[i + 2])
                return false;
        }
        return layout.Sizes[1] == 1 || layout.Strides[1] == 1;
    }

    /// <summary>Whether the pixels of a line lie behind each other with their channels side by side.</summary>
    public static bool AreLines(Layout layout) =>
        (layout.Sizes[1] == 1 || layout.Strides[1] == 1) && (layout.Sizes[^1] == 1 || layout.Strides[^1] == layout.Sizes[1]);

    private void CopyLines(CpuBackend backend, View<T> x, ReadOnlySpan<long> before, Layout layout)
    {
        fixed (T* source = &x.Reference(), destination = &_copy.Reference())
        {
            PaddedCopy<T> job = new(x.Layout, before, layout) { Source = source, Destination = destination };
            backend.CopyPadded(ref job);
        }
    }

    private void Transpose(CpuBackend backend, View<T> x, ReadOnlySpan<long> before, ReadOnlySpan<long> sizes)
    {
        Layout inside = View.Layout;
        Layout source = x.Layout;
        for (int i = 0; i < sizes.Length; i++)
        {
            int axis = i + 2;
            long kept = Math.Max(0, Math.Min(source.Sizes[axis], sizes[i] - before[i]));
            long behind = sizes[i] - before[i] - kept;
            source = source.Slice(axis, 0, kept, 1);
            if (before[i] > 0)
                backend.Fill(default, View.With(inside.Slice(axis, 0, before[i], 1)));
            if (behind > 0)
                backend.Fill(default, View.With(inside.Slice(axis, sizes[i] - behind, behind, 1)));
            inside = inside.Slice(axis, before[i], kept, 1);
        }
        backend.Copy(x.With(source), View.With(inside));
    }
}
