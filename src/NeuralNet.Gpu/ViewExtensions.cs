namespace NeuralNet.Backends.Gpu;

/// <summary>Other ways to look at what a kernel gets.</summary>
internal static class ViewExtensions
{
    /// <summary>The same memory as elements of another type of the same size.</summary>
    public static View<TTo> As<TFrom, TTo>(this View<TFrom> view)
        where TFrom : unmanaged
        where TTo : unmanaged => new(view.Storage, view.Layout);
}
