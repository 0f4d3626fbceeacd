namespace NeuralNet;

/// <summary>The number of connections of a unit that an initialiser scales by.</summary>
public enum Fan
{
    /// <summary>The inputs of a unit.</summary>
    In,

    /// <summary>The outputs that a unit feeds.</summary>
    Out,

    /// <summary>The mean of both.</summary>
    Average,
}
