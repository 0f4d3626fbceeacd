namespace NeuralNet;

/// <summary>What is made of the outputs of layers that run side by side.</summary>
public enum BranchMerge
{
    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>Their product.</summary>
    Product,

    /// <summary>The largest of their elements at each place.</summary>
    Maximum,
}
