namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Keeps the lower triangle of matrices, of [… , m, n], and sets the rest to 0.</summary>
    /// <param name="diagonal">The last diagonal that is kept: 0 is the main one, positive ones are above it.</param>
    /// <returns>A tensor of the same shape.</returns>
    /// <exception cref="ShapeException">There are fewer than two axes.</exception>
    public Tensor Tril(long diagonal = 0) => Where(Triangle(nameof(Tril), diagonal, (i, j) => i.GreaterOrEqual(j)), this, 0);

    /// <summary>Keeps the upper triangle of matrices, of [… , m, n], and sets the rest to 0.</summary>
    /// <param name="diagonal">The first diagonal that is kept: 0 is the main one, positive ones are above it.</param>
    /// <returns>A tensor of the same shape.</returns>
    /// <exception cref="ShapeException">There are fewer than two axes.</exception>
    public Tensor Triu(long diagonal = 0) => Where(Triangle(nameof(Triu), diagonal, (i, j) => i.LessOrEqual(j)), this, 0);

    private Tensor Triangle(string name, long diagonal, Func<Tensor, Tensor, Tensor> relation)
    {
        if (Rank < 2)
            throw new ShapeException($"{name}: a tensor of {Shape} is no matrix. Reshape it to two axes at least.");
        Tensor rows = Arange(Shape[-2], device: Device) + diagonal;
        return relation(rows.Unsqueeze(1), Arange(Shape[-1], device: Device));
    }
}
