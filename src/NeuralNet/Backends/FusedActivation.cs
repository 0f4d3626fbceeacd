namespace NeuralNet.Backends;

/// <summary>
/// An activation that a kernel can apply to its result while that is still in registers, equal in bits to the separate op.
/// </summary>
internal enum FusedActivation
{
    None,
    Relu,
}
