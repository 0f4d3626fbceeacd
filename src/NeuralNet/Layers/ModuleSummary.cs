using System.Globalization;
using System.Text;

namespace NeuralNet;

/// <summary>A table of a model's layers, with the shapes that pass between them and the numbers of parameters.</summary>
public sealed class ModuleSummary
{
    internal ModuleSummary(IReadOnlyList<Row> rows, Shape input, long parameters, long trainable)
    {
        Rows = rows;
        Input = input;
        ParameterCount = parameters;
        TrainableParameterCount = trainable;
    }

    /// <summary>Gets the layers, in the order in which they ran.</summary>
    public IReadOnlyList<Row> Rows { get; }

    /// <summary>Gets the shape of the input.</summary>
    public Shape Input { get; }

    /// <summary>Gets the number of all parameters' elements.</summary>
    public long ParameterCount { get; }

    /// <summary>Gets the number of elements of those parameters that require a gradient.</summary>
    public long TrainableParameterCount { get; }

    /// <summary>Formats the table.</summary>
    public override string ToString()
    {
        string[][] cells =
        [
            ["layer", "type", "output", "parameters"],
            .. Rows.Select(row => new[] { row.Name, row.Type, row.Output.ToString(), Format(row.ParameterCount) }),
        ];
        int[] widths = [.. Enumerable.Range(0, 4).Select(column => cells.Max(row => row[column].Length))];
        StringBuilder text = new();
        text.AppendLine($"input {Input}");
        for (int i = 0; i < cells.Length; i++)
        {
            text.AppendLine($"{cells[i][0].PadRight(widths[0])}  {cells[i][1].PadRight(widths[1])}  {cells[i][2].PadRight(widths[2])} "
                + $" {cells[i][3].PadLeft(widths[3])}");
            if (i == 0)
                text.AppendLine(new string('─', widths.Sum() + 6));
        }
        text.Append($"{Format(ParameterCount)} parameters, {Format(TrainableParameterCount)} trainable");
        return text.ToString();
    }

    private static string Format(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>One layer.</summary>
    /// <param name="Name">Its path.</param>
    /// <param name="Type">Its type.</param>
    /// <param name="Output">The shape of its output.</param>
    /// <param name="ParameterCount">The number of elements of its own parameters, without those of its parts.</param>
    public sealed record Row(string Name, string Type, Shape Output, long ParameterCount);
}
