namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>Makes the coordinates of a grid from those along its axes.</summary>
    /// <param name="vectors">The coordinates along each axis, vectors or scalars of one dtype.</param>
    /// <param name="indexing">Which axis belongs to which vector.</param>
    /// <returns>For each vector a view of the grid's shape.</returns>
    /// <exception cref="ShapeException">There is no vector, or one has several axes.</exception>
    /// <exception cref="DTypeException">The dtypes differ.</exception>
    public static Tensor[] Meshgrid(ReadOnlySpan<Tensor> vectors, MeshgridIndexing indexing = MeshgridIndexing.MatrixOrder)
    {
        if (vectors.IsEmpty)
            throw new ShapeException("Meshgrid: no vectors. Give one at least.");
        long[] sizes = new long[vectors.Length];
        for (int i = 0; i < sizes.Length; i++)
        {
            if (vectors[i].Rank > 1)
                throw new ShapeException($"Meshgrid: tensor {i} of {vectors[i].Shape} is no vector. Use Reshape(-1).");
            Require.SameDType(nameof(Meshgrid), vectors[0], vectors[i]);
            sizes[i] = vectors[i].Length;
        }
        Tensor[] grids = new Tensor[sizes.Length];
        for (int i = 0; i < grids.Length; i++)
        {
            long[] along = new long[sizes.Length];
            along.AsSpan().Fill(1);
            along[i] = sizes[i];
            Tensor grid = vectors[i].Reshape(new Shape(along.AsSpan())).Expand(new Shape(sizes.AsSpan()));
            grids[i] = indexing == MeshgridIndexing.CartesianOrder && grids.Length > 1 ? grid.Transpose(0, 1) : grid;
        }
        return grids;
    }
}
