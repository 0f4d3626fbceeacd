namespace NeuralNet.Backends.Gpu;

internal sealed partial class GpuBackend
{
    public void Update<T, TOp>(ArraySegment<Update<T, TOp>> updates)
        where T : unmanaged
        where TOp : struct, IUpdateOperator<T>
    {
        foreach (Update<T, TOp> update in updates)
        {
            if (update.Parameter.IsEmpty)
                continue;
            UpdateStates<T> states = update.States;
            Launch(
                Kernels.UpdateKernels.Update, ForItems(update.Parameter.Layout.Length),
                update.Operator, Range(update.Parameter), Range(update.Gradient), Range(states.First), Range(states.Second), Range(states.Third));
        }
    }

    /// <summary>The elements of a dense view; none of a view that is not there.</summary>
    private static ILGPU.ArrayView<T> Range<T>(View<T> view)
        where T : unmanaged => view.Storage is null ? default : Elements(view).SubView(view.Layout.Offset, view.Layout.Length);
}
