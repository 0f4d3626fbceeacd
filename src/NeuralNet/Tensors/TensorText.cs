using System.Text;
using NeuralNet.Memory;

namespace NeuralNet;

/// <summary>Writes the elements of a tensor, row by row.</summary>
internal sealed class TensorText
{
    /// <summary>Above this many elements only the ends of each axis are written.</summary>
    private const int SummaryThreshold = 1000;

    /// <summary>How many elements of each end a summary has.</summary>
    private const int EdgeItems = 3;

    /// <summary>Rows that would be longer are broken.</summary>
    private const int LineWidth = 80;

    private readonly StringBuilder _text;
    private readonly Shape _shape;
    private readonly bool[] _isCut;
    private readonly string[] _cells;
    private int _nextCell;

    private TensorText(StringBuilder text, Shape shape, bool[] isCut, string[] cells)
    {
        _text = text;
        _shape = shape;
        _isCut = isCut;
        _cells = cells;
    }

    /// <summary>Writes a tensor that has elements.</summary>
    public static void Append(StringBuilder text, Tensor tensor)
    {
        using Autograd.Mode noGrad = Autograd.NoGrad();
        Temporaries temporaries = Temporaries.Begin();
        try
        {
            bool[] isCut = new bool[tensor.Rank];
            Tensor shown = WithoutMiddle(tensor, isCut);
            string[] cells = CellText.Of(shown);
            new TensorText(text, shown.Shape, isCut, cells).AppendAxis(0);
        }
        finally
        {
            temporaries.End();
        }
    }

    /// <summary>The part that is written: of a tensor with many elements, the ends of each long axis.</summary>
    private static Tensor WithoutMiddle(Tensor tensor, bool[] isCut)
    {
        if (tensor.Length <= SummaryThreshold)
            return tensor;
        // The longest axis first, so that little is copied.
        foreach (int axis in Enumerable.Range(0, tensor.Rank).OrderByDescending(axis => tensor.Shape[axis]))
        {
            long size = tensor.Shape[axis];
            if (size <= 2 * EdgeItems)
                continue;
            isCut[axis] = true;
            tensor = Tensor.Concat([tensor.Slice(axis, 0, EdgeItems), tensor.Slice(axis, size - EdgeItems, EdgeItems)], axis);
        }
        return tensor;
    }

    private void AppendAxis(int axis)
    {
        if (axis == _shape.Rank)
        {
            _text.Append(_cells[_nextCell++]);
            return;
        }
        _text.Append('[');
        if (axis == _shape.Rank - 1)
            AppendRow(axis);
        else
            AppendBlocks(axis);
        _text.Append(']');
    }

    private void AppendBlocks(int axis)
    {
        string separator = "," + new string('\n', _shape.Rank - 1 - axis) + Indent(axis);
        for (int i = 0; i < _shape[axis]; i++)
        {
            if (i > 0)
                _text.Append(separator);
            if (_isCut[axis] && i == EdgeItems)
                _text.Append("...").Append(separator);
            AppendAxis(axis + 1);
        }
    }

    private void AppendRow(int axis)
    {
        int column = axis + 1;
        for (int i = 0; i < _shape[axis]; i++)
        {
            if (_isCut[axis] && i == EdgeItems)
                AppendCell("...");
            AppendCell(_cells[_nextCell++]);
        }

        void AppendCell(string cell)
        {
            bool isFirst = _text[^1] == '[';
            if (!isFirst && column + 2 + cell.Length > LineWidth)
            {
                _text.Append(",\n").Append(Indent(axis));
                column = axis + 1;
            }
            else if (!isFirst)
            {
                _text.Append(", ");
                column += 2;
            }
            _text.Append(cell);
            column += cell.Length;
        }
    }

    private static string Indent(int axis) => new(' ', axis + 1);
}
