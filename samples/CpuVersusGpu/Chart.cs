using ScottPlot;

namespace NeuralNet.Samples;

/// <summary>Draws time against size.</summary>
internal static class Chart
{
    public static void Save(IReadOnlyList<Measurement> measurements, string device, string path)
    {
        Plot plot = new();
        double[] widths = [.. measurements.Select(measurement => Math.Log2(measurement.Width))];
        Add(plot, widths, measurements.Select(measurement => measurement.Cpu), "cpu");
        Add(plot, widths, measurements.Select(measurement => measurement.Gpu), device);
        plot.Title("A training step of 784-w-w-10, batch 128");
        plot.XLabel("width w");
        plot.YLabel("milliseconds");
        plot.Axes.Bottom.SetTicks(widths, [.. measurements.Select(measurement => $"{measurement.Width}")]);
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { LabelFormatter = power => $"{Math.Pow(10, power):0.###}", IntegerTicksOnly = true };
        plot.ShowLegend(Edge.Right);
        plot.SavePng(path, 800, 500);
    }

    private static void Add(Plot plot, double[] widths, IEnumerable<double> times, string name)
    {
        var line = plot.Add.Scatter(widths, times.Select(Math.Log10).ToArray());
        line.LegendText = name;
        line.LineWidth = 2;
        line.MarkerSize = 8;
    }
}
