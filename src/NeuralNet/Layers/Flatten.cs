namespace NeuralNet;

/// <summary>Merges axes into one: by default [n, c, h, w] becomes [n, c·h·w].</summary>
/// <remarks>Without parameters. A view where the layout allows it.</remarks>
/// <example><code>var model = new Sequential(new Flatten(), new Dense(64, 10));</code></example>
/// <param name="startAxis">The first axis to merge; negative ones count from the end.</param>
/// <param name="endAxis">The last axis to merge, included; negative ones count from the end.</param>
public sealed class Flatten(int startAxis = 1, int endAxis = -1) : Layer
{
    /// <inheritdoc/>
    public override string ToString() => startAxis == 1 && endAxis == -1 ? "Flatten()" : $"Flatten({startAxis}, {endAxis})";

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        int start = Axes.Normalize(startAxis, x.Rank, nameof(Flatten));
        int end = Axes.Normalize(endAxis, x.Rank, nameof(Flatten));
        if (start > end)
            throw new ShapeException($"axis {startAxis} lies behind axis {endAxis}; input {x.Shape}. Name the first axis first.");
        return x.Reshape(x.Shape.Merged(start, end));
    }
}
