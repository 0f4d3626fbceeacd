namespace NeuralNet;

/// <summary>
/// The indices of an equation with the shapes of its operands. An index is a number: the code of its letter, or negative for an axis of
/// ellipses, −1 being their last.
/// </summary>
internal sealed class EinsumIndices
{
    private readonly EinsumEquation _equation;
    private readonly Shape[] _shapes;

    // The size of each index, and the operand that it comes from.
    private readonly Dictionary<int, (long Size, int Operand)> _sizes = [];
    private int _ellipsisRank;

    /// <exception cref="ArgumentException">There are more terms than operands, or fewer.</exception>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public EinsumIndices(EinsumEquation equation, Shape[] shapes)
    {
        (_equation, _shapes) = (equation, shapes);
        if (shapes.Length != equation.Terms.Count)
            throw new ArgumentException($"Einsum: {equation} has {Counted(equation.Terms.Count, "term")}, and there are "
                + $"{Counted(shapes.Length, "operand")}. Give as many.", nameof(equation));
        Terms = new int[shapes.Length][];
        for (int i = 0; i < shapes.Length; i++)
        {
            Terms[i] = TermOf(i);
            AddSizes(i);
        }
        Output = equation.Output is null ? ImplicitOutput() : [.. equation.Output.SelectMany(letter => IndicesOf(letter, _ellipsisRank))];
        if (Output.Length > Shape.MaxRank)
            throw TooManyAxes(Output.Length);
        OutputShape = new([.. Output.Select(index => _sizes[index].Size)]);
    }

    /// <summary>The indices of each operand's axes.</summary>
    public int[][] Terms { get; }

    /// <summary>The indices of the result's axes.</summary>
    public int[] Output { get; }

    public Shape OutputShape { get; }

    public static ShapeException TooManyAxes(int rank) => new(
        $"Einsum: a product of {rank} axes, of which at most {Shape.MaxRank} are possible. Contract some operands first, or merge axes.");

    /// <summary>The number of elements of a tensor with some indices; it may be too large for an integer.</summary>
    public double Count(IEnumerable<int> indices) => indices.Aggregate(1.0, (count, index) => count * _sizes[index].Size);

    private int[] TermOf(int operand)
    {
        IReadOnlyList<char> term = _equation.Terms[operand];
        Shape shape = _shapes[operand];
        bool hasEllipsis = term.Contains(EinsumEquation.Ellipsis);
        int further = shape.Rank - (hasEllipsis ? term.Count - 1 : term.Count);
        if (further < 0 || (further > 0 && !hasEllipsis))
            throw new ShapeException($"Einsum: operand {operand} of {shape} has {Counted(shape.Rank, "axis")}, and its term in {_equation} "
                + $"names {shape.Rank - further}. Name each axis, or write three dots for further ones.");
        _ellipsisRank = Math.Max(_ellipsisRank, further);
        return [.. term.SelectMany(letter => IndicesOf(letter, further))];
    }

    private static IEnumerable<int> IndicesOf(char letter, int ellipsisRank) =>
        letter == EinsumEquation.Ellipsis ? Enumerable.Range(-ellipsisRank, ellipsisRank) : [letter];

    private void AddSizes(int operand)
    {
        int[] indices = Terms[operand];
        for (int axis = 0; axis < indices.Length; axis++)
        {
            int index = indices[axis];
            long size = _shapes[operand].Span[axis];
            (long Size, int Operand) known = _sizes.GetValueOrDefault(index, (size, operand));
            int first = Array.IndexOf(indices, index);
            if (first < axis && _shapes[operand].Span[first] != size)
                throw new ShapeException($"Einsum: {NameOf(index)} has sizes {_shapes[operand].Span[first]} and {size} in operand "
                    + $"{operand} of {_shapes[operand]}. The axes of a diagonal are equal.");
            if (known.Size != size && known.Size != 1 && size != 1)
                throw new ShapeException($"Einsum: {NameOf(index)} has size {known.Size} in operand {known.Operand} of "
                    + $"{_shapes[known.Operand]}, and size {size} in operand {operand} of {_shapes[operand]}. Sizes must be equal or 1.");
            _sizes[index] = known.Size == 1 ? (size, operand) : known;
        }
    }

    /// <summary>The axes of ellipses, and the letters that stand there once.</summary>
    private int[] ImplicitOutput() =>
    [
        .. IndicesOf(EinsumEquation.Ellipsis, _ellipsisRank),
        .. _equation.Terms.SelectMany(term => term).Where(char.IsAsciiLetter).GroupBy(letter => letter)
            .Where(letters => letters.Count() == 1).Select(letters => (int)letters.Key).Order(),
    ];

    private static string NameOf(int index) => index < 0 ? $"axis {index} of the ellipsis" : $"index '{(char)index}'";

    private static string Counted(int count, string what) => (count, what) switch
    {
        (1, _) => $"one {what}",
        (_, "axis") => $"{count} axes",
        _ => $"{count} {what}s",
    };
}
