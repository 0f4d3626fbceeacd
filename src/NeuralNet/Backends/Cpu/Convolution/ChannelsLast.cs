namespace NeuralNet.Backends.Cpu.Convolution;

/// <summary>
/// Images with the channels of a pixel side by side, and with room around them: the tensor itself where it lies like that, otherwise a copy.
/// </summary>
internal readonly ref struct ChannelsLast<T> : IDisposable
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
    public ChannelsLast(CpuBackend backend, View<T> x, ReadOnlySpan<long> before, ReadOnlySpan<long> sizes, long slack = 0)
    {
        if (slack == 0 && Fits(x.Layout, before, sizes))
        {
            View = x;
            return;
        }
        Layout layout = Layout.ChannelsLast(Shape.OfChecked([x.Layout.Sizes[0], x.Layout.Sizes[1], .. sizes]));
        _copy = new(backend, slack == 0 ? layout : Layout.Contiguous([layout.Length + slack]));
        _isCopy = true;
        View = _copy.View.With(layout);
        Layout inside = layout;
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
        if (slack > 0)
            backend.Fill(default, _copy.View.With(_copy.View.Layout.Slice(0, layout.Length, slack, 1)));
        backend.Copy(x.With(source), View.With(inside));
    }

    public View<T> View { get; }

    public void Dispose()
    {
        if (_isCopy)
            _copy.Dispose();
    }

    private static bool Fits(Layout layout, ReadOnlySpan<long> before, ReadOnlySpan<long> sizes)
    {
        for (int i = 0; i < sizes.Length; i++)
        {
            if (before[i] != 0 || sizes[i] > layout.Sizes[i + 2])
                return false;
        }
        return layout.Sizes[1] == 1 || layout.Strides[1] == 1;
    }
}
