namespace NeuralNet.Gpu.Tests;

/// <summary>A promise of operations or layers, checked case by case.</summary>
public enum ContractCheck
{
    /// <summary>An operation's values in float and double follow the reference.</summary>
    Value,

    /// <summary>Its values in every other dtype that it takes follow the reference.</summary>
    ValueOfOtherDTypes,

    /// <summary>Its values of infinities, NaN and such follow the reference.</summary>
    SpecialValue,

    /// <summary>Its gradients in float are those of the processor in double.</summary>
    Gradients,

    /// <summary>The layout of its inputs changes nothing.</summary>
    AnyLayout,

    /// <summary>Two runs give the same bits.</summary>
    Repetition,

    /// <summary>A layer in float computes what it does on the processor.</summary>
    LayerInFloat,

    /// <summary>A layer in double computes what it does on the processor.</summary>
    LayerInDouble,
}
