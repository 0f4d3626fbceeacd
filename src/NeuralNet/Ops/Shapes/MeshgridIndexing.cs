namespace NeuralNet;

/// <summary>Which axis of a grid belongs to which vector.</summary>
public enum MeshgridIndexing
{
    /// <summary>The first vector runs along the first axis, as the rows of a matrix.</summary>
    MatrixOrder,

    /// <summary>The first vector runs along the second axis, as the x of a picture.</summary>
    CartesianOrder,
}
