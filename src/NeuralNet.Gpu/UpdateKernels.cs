using ILGPU;
using NeuralNet.Backends.Gpu.Kernels;

namespace NeuralNet.Backends.Gpu;

internal sealed partial class GpuBackend
{
    public void Update<T, TOp>(ArraySegment<Update<T, TOp>> updates)
        where T : unmanaged
        where TOp : unmanaged, IUpdateOperator<T>
    {
        for (int start = 0; start < updates.Count; start += Kernels.UpdateKernels.Parameters)
            UpdateFew(updates.Slice(start, Math.Min(Kernels.UpdateKernels.Parameters, updates.Count - start)));
    }

    private void UpdateFew<T, TOp>(ArraySegment<Update<T, TOp>> updates)
        where T : unmanaged
        where TOp : unmanaged, IUpdateOperator<T>
    {
        Operators<TOp> operators = default;
        Span<TOp> numbers = operators;
        for (int i = 0; i < updates.Count; i++)
            numbers[i] = updates[i].Operator;
        if (_repeated is { IsOfThisThread: true } repeated)
        {
            // The kernel is one of a captured step, whose numbers alone are asked for.
            repeated.RepeatUpdate<TOp>(numbers);
            return;
        }
        long end = 0;
        var first = EntryOf(updates, 0, ref end);
        var second = EntryOf(updates, 1, ref end);
        var third = EntryOf(updates, 2, ref end);
        var fourth = EntryOf(updates, 3, ref end);
        ArrayView<TOp> places = Recording is { } recording ? recording.AddUpdate<TOp>(numbers) : default;
        Launch(Kernels.UpdateKernels.Update, ForGroups(end), first, second, third, fourth, places);
    }

    /// <summary>One parameter of a launch; one without pieces where there is none.</summary>
    private UpdateEntry<T, TOp> EntryOf<T, TOp>(ArraySegment<Update<T, TOp>> updates, int index, ref long end)
        where T : unmanaged
        where TOp : unmanaged, IUpdateOperator<T>
    {
        if (index >= updates.Count)
            return new() { EndPiece = end };
        Update<T, TOp> update = updates[index];
        end += (update.Parameter.Layout.Length + Kernels.UpdateKernels.PieceLength - 1) / Kernels.UpdateKernels.PieceLength;
        return new()
        {
            Operator = update.Operator,
            Parameter = Range(update.Parameter),
            Gradient = Range(update.Gradient),
            First = Range(update.States.First),
            Second = Range(update.States.Second),
            Third = Range(update.States.Third),
            EndPiece = end,
        };
    }

    /// <summary>The elements of a dense view; none of a view that is not there.</summary>
    private ArrayView<T> Range<T>(View<T> view)
        where T : unmanaged => view.Storage is null ? default : Elements(view).SubView(view.Layout.Offset, view.Layout.Length);

    [System.Runtime.CompilerServices.InlineArray(Kernels.UpdateKernels.Parameters)]
    private struct Operators<TOp>
    {
        private TOp _first;
    }
}
