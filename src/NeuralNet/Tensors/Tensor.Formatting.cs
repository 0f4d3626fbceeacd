using System.Globalization;
using System.Text;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Above this many elements only the ends of each axis are written.</summary>
    private const int SummaryThreshold = 1000;

    /// <summary>How many elements of each end a summary has.</summary>
    private const int EdgeItems = 3;

    /// <summary>Formats the elements in NumPy's manner: nested brackets, aligned, the middle of long axes left out.</summary>
    public override string ToString()
    {
        if (IsDisposed)
            return $"Tensor({DType} {Shape}, ended)";
        if (Device.IsMeta)
            return $"Tensor({DType} {Shape}, on meta)";
        bool summarize = Length > SummaryThreshold;
        Tensor shown;
        using (Autograd.NoGrad())
            shown = Cast(DType == DType.Bool || DType.IsInteger() ? DType.Int64 : DType.Float64).To(Device.Cpu);
        string[] cells = Cells(shown);
        int width = cells.Length == 0 ? 0 : cells.Max(cell => cell.Length);
        StringBuilder text = new();
        if (Length == 0)
            text.Append($"[], shape {Shape}");
        else
            Append(text, cells, axis: 0, start: 0, width, summarize);
        if (DType != DType.Float32)
            text.Append($", {DType}");
        if (RequiresGrad)
            text.Append(", requires grad");
        return text.ToString();
    }

    private string[] Cells(Tensor shown)
    {
        if (DType == DType.Bool)
            return [.. shown.ToArray<long>().Select(x => x != 0 ? "True" : "False")];
        if (DType.IsInteger())
            return [.. shown.ToArray<long>().Select(x => x.ToString(CultureInfo.InvariantCulture))];
        double[] values = shown.ToArray<double>();
        double[] finite = [.. values.Where(double.IsFinite).Select(Math.Abs).Where(x => x != 0)];
        bool isScientific = finite.Length > 0 && (finite.Max() >= 1e8 || finite.Min() < 1e-4 || finite.Max() / finite.Min() > 1e6);
        string format = isScientific ? "0.0000e+00" : "0." + new string('0', FractionDigits(values));
        return [.. values.Select(x => Format(x, format))];
    }

    /// <summary>The digits behind the point, up to four, that no value needs more of.</summary>
    private static int FractionDigits(double[] values)
    {
        for (int digits = 0; digits < 4; digits++)
        {
            double scale = Math.Pow(10, digits);
            if (values.All(x => !double.IsFinite(x) || Math.Abs(x * scale - Math.Round(x * scale)) < 1e-6 * Math.Max(1, Math.Abs(x))))
                return digits;
        }
        return 4;
    }

    private static string Format(double x, string format) =>
        double.IsNaN(x) ? "nan"
        : double.IsPositiveInfinity(x) ? "inf"
        : double.IsNegativeInfinity(x) ? "-inf"
        : x.ToString(format == "0." ? "0'.'" : format, CultureInfo.InvariantCulture);

    private void Append(StringBuilder text, string[] cells, int axis, long start, int width, bool summarize)
    {
        if (axis == Rank)
        {
            text.Append(Rank == 0 ? cells[start] : cells[start].PadLeft(width));
            return;
        }
        long size = Shape.Span[axis];
        long block = 1;
        for (int inner = axis + 1; inner < Rank; inner++)
            block *= Shape.Span[inner];
        string separator = axis == Rank - 1
            ? ", "
            : "," + new string('\n', Rank - 1 - axis) + new string(' ', axis + 1);
        text.Append('[');
        for (long i = 0; i < size; i++)
        {
            if (i > 0)
                text.Append(separator);
            if (summarize && size > 2 * EdgeItems && i == EdgeItems)
            {
                text.Append("...");
                i = size - EdgeItems - 1;
                continue;
            }
            Append(text, cells, axis + 1, start + i * block, width, summarize);
        }
        text.Append(']');
    }
}
