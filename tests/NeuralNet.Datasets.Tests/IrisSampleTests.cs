using System.Globalization;
using System.Text.RegularExpressions;
using NeuralNet.Testing;

namespace NeuralNet.Datasets.Tests;

/// <summary>What a newcomer would write first: a table from a file, split, scaled, learned, tested.</summary>
public class IrisSampleTests
{
    private static readonly string s_folder = Repository.PathOf("samples", "Iris");

    [Fact]
    public void Program_IsShort() => File.ReadLines(Path.Combine(s_folder, "Program.cs")).Count().Should().BeLessThanOrEqualTo(25);

    [Fact]
    public void Table_MissesValues() =>
        CsvFile.Read(Path.Combine(s_folder, "iris.csv")).Columns.Sum(column => column.MissingCount).Should().BeGreaterThan(10);

    [Fact]
    public void Program_Runs_AndLearns()
    {
        TextWriter before = Console.Out;
        using StringWriter output = new();
        try
        {
            Console.SetOut(output);
            using (RandomGenerator.Use(new RandomGenerator(0)))
                System.Reflection.Assembly.Load("Iris").EntryPoint!.Invoke(null, [Array.Empty<string>()]);
        }
        finally
        {
            Console.SetOut(before);
        }
        string accuracy = Regex.Match(output.ToString(), @"test accuracy: ([0-9.,]+)").Groups[1].Value.Replace(',', '.');
        double.Parse(accuracy, CultureInfo.InvariantCulture).Should().BeGreaterThan(0.9);
    }
}
