using ILGPU;

namespace NeuralNet.Backends.Gpu.Kernels;

/// <summary>
/// Device code of <see cref="IScanKernels"/>: a thread for each part of a line, in the order of its elements; then one for each line, which goes over its parts; then one for each
/// element, which takes in the parts before its own. Lines of one part need the first alone.
/// </summary>
internal static class ScanKernels
{
    /// <summary>Scans each part by itself; the last result of a part is its total.</summary>
    public static void Scan<T, TAcc, TOp>(
        TOp op,
        DeviceShape lines,
        ScanSizes sizes,
        ArrayView<T> x,
        DeviceStrides xLines,
        ArrayView<TAcc> y,
        DeviceStrides yLines,
        ArrayView<TAcc> totals)
        where T : unmanaged
        where TAcc : unmanaged
        where TOp : struct, IReductionOperator<T, TAcc>
    {
        for (long i = GridLoop.Start; i < lines.Length * sizes.Parts; i += GridLoop.Step)
        {
            DevicePosition position = lines.Locate(i / sizes.Parts);
            long from = xLines.At(position);
            long to = yLines.At(position);
            long start = i % sizes.Parts * sizes.PartLength;
            TAcc result = op.Identity;
            for (long j = start; j < IntrinsicMath.Min(start + sizes.PartLength, sizes.Length); j++)
            {
                result = op.Combine(result, op.Lift(x[from + j * sizes.XStride]));
                y[to + j * sizes.YStride] = result;
            }
            if (i < totals.Length)
                totals[i] = result;
        }
    }

    /// <summary>Replaces the total of each part by that of all parts before it.</summary>
    public static void ScanTotals<T, TAcc, TOp>(TOp op, long lines, long parts, ArrayView<TAcc> totals)
        where T : unmanaged
        where TAcc : unmanaged
        where TOp : struct, IReductionOperator<T, TAcc>
    {
        for (long line = GridLoop.Start; line < lines; line += GridLoop.Step)
        {
            TAcc before = op.Identity;
            for (long part = line * parts; part < (line + 1) * parts; part++)
            {
                TAcc total = totals[part];
                totals[part] = before;
                before = op.Combine(before, total);
            }
        }
    }

    /// <summary>Takes in what is before each part.</summary>
    public static void AddTotals<T, TAcc, TOp>(
        TOp op, DeviceShape lines, ScanSizes sizes, ArrayView<TAcc> totals, ArrayView<TAcc> y, DeviceStrides yLines)
        where T : unmanaged
        where TAcc : unmanaged
        where TOp : struct, IReductionOperator<T, TAcc>
    {
        for (long i = GridLoop.Start; i < lines.Length * sizes.Length; i += GridLoop.Step)
        {
            long line = i / sizes.Length;
            long j = i % sizes.Length;
            if (j < sizes.PartLength)
                continue;
            long place = yLines.At(lines.Locate(line)) + j * sizes.YStride;
            y[place] = op.Combine(totals[line * sizes.Parts + j / sizes.PartLength], y[place]);
        }
    }

    /// <summary>Finds the winners of each part by itself; the last of a part is its own.</summary>
    public static void ArgScan<T, TOp>(
        TOp op,
        DeviceShape lines,
        ScanSizes sizes,
        ArrayView<T> x,
        DeviceStrides xLines,
        ArrayView<long> y,
        DeviceStrides yLines,
        ArrayView<long> winners)
        where T : unmanaged
        where TOp : struct, IComparisonOperator<T>
    {
        for (long i = GridLoop.Start; i < lines.Length * sizes.Parts; i += GridLoop.Step)
        {
            DevicePosition position = lines.Locate(i / sizes.Parts);
            long from = xLines.At(position);
            long to = yLines.At(position);
            long start = i % sizes.Parts * sizes.PartLength;
            long best = start;
            for (long j = start; j < IntrinsicMath.Min(start + sizes.PartLength, sizes.Length); j++)
            {
                if (op.Invoke(x[from + j * sizes.XStride], x[from + best * sizes.XStride]))
                    best = j;
                y[to + j * sizes.YStride] = best;
            }
            if (i < winners.Length)
                winners[i] = best;
        }
    }

    /// <summary>Replaces the winner of each part by that of all parts before it; the first part, which has none before it, keeps its own.</summary>
    public static void ScanWinners<T, TOp>(
        TOp op, DeviceShape lines, ScanSizes sizes, ArrayView<T> x, DeviceStrides xLines, ArrayView<long> winners)
        where T : unmanaged
        where TOp : struct, IComparisonOperator<T>
    {
        for (long line = GridLoop.Start; line < lines.Length; line += GridLoop.Step)
        {
            long from = xLines.At(lines.Locate(line));
            long before = winners[line * sizes.Parts];
            for (long part = line * sizes.Parts + 1; part < (line + 1) * sizes.Parts; part++)
            {
                long winner = winners[part];
                winners[part] = before;
                if (op.Invoke(x[from + winner * sizes.XStride], x[from + before * sizes.XStride]))
                    before = winner;
            }
        }
    }

    /// <summary>Lets each winner of a part meet the one before the part.</summary>
    public static void MeetWinners<T, TOp>(
        TOp op,
        DeviceShape lines,
        ScanSizes sizes,
        ArrayView<T> x,
        DeviceStrides xLines,
        ArrayView<long> winners,
        ArrayView<long> y,
        DeviceStrides yLines)
        where T : unmanaged
        where TOp : struct, IComparisonOperator<T>
    {
        for (long i = GridLoop.Start; i < lines.Length * sizes.Length; i += GridLoop.Step)
        {
            long line = i / sizes.Length;
            long j = i % sizes.Length;
            if (j < sizes.PartLength)
                continue;
            DevicePosition position = lines.Locate(line);
            long from = xLines.At(position);
            long place = yLines.At(position) + j * sizes.YStride;
            long before = winners[line * sizes.Parts + j / sizes.PartLength];
            if (!op.Invoke(x[from + y[place] * sizes.XStride], x[from + before * sizes.XStride]))
                y[place] = before;
        }
    }
}
