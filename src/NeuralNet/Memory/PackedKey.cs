namespace NeuralNet.Memory;

/// <summary>What a packed copy was made of, and for which kernel.</summary>
/// <param name="Kind">The kernel.</param>
/// <param name="Vector">The elements of its vectors.</param>
/// <param name="Groups">The groups of channels.</param>
/// <param name="Layout">How the source lies.</param>
internal readonly record struct PackedKey(PackedKind Kind, int Vector, long Groups, Layout? Layout)
{
    public bool Equals(PackedKey other) =>
        Kind == other.Kind && Vector == other.Vector && Groups == other.Groups
        && (ReferenceEquals(Layout, other.Layout)
            || (Layout is not null && other.Layout is not null && Layout.Offset == other.Layout.Offset && Layout.SameOrderAs(other.Layout)));

    public override int GetHashCode() => HashCode.Combine(Kind, Vector, Groups);
}
