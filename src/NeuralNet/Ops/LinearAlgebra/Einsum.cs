using NeuralNet.Memory;

namespace NeuralNet;

public sealed partial class Tensor
{
    /// <summary>
    /// Multiplies tensors and sums over indices by Einstein's convention: <c>Tensor.Einsum("bij,bjk->bik", a, b)</c> is a batch of matrix
    /// products.
    /// </summary>
    /// <param name="equation">A term of letters for each operand, a letter an axis, with commas between; then an arrow and the letters of
    /// the result. Without an arrow the result has the letters that stand there once, in alphabetical order, capitals first, after the
    /// axes of ellipses. Spaces do not count.</param>
    /// <param name="operands">The operands, of one dtype.</param>
    /// <returns>The sum, over all letters that the result lacks, of the products of elements.</returns>
    /// <remarks>
    /// A letter that stands twice in a term walks along a diagonal. <c>...</c> stands for any further axes, which broadcast, and are summed
    /// where the result lacks them; axes of size 1 stretch to the size that the letter has elsewhere. More than two operands are multiplied
    /// in pairs: always the two whose product has the fewest elements (then the one of fewest multiplications, then the first), each as a
    /// batched <see cref="MatMul"/>. Gradients of every order follow from those of the products.
    /// </remarks>
    /// <exception cref="ArgumentException">The equation does not read, or has another number of terms than there are operands.</exception>
    /// <exception cref="ShapeException">An operand has other axes than its term, a letter stands for different sizes, or more than eight
    /// axes are needed.</exception>
    /// <exception cref="DTypeException">The dtypes differ or are not of floating point.</exception>
    public static Tensor Einsum(string equation, params ReadOnlySpan<Tensor> operands)
    {
        ArgumentNullException.ThrowIfNull(equation);
        Shape[] shapes = new Shape[operands.Length];
        for (int i = 0; i < shapes.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(operands[i], nameof(operands));
            Require.FloatingPoint(nameof(Einsum), Require.SameDType(nameof(Einsum), operands[0], operands[i]));
            shapes[i] = operands[i].Shape;
        }
        EinsumIndices indices = new(EinsumEquation.Parse(equation), shapes);
        Temporaries temporaries = Temporaries.Begin();
        Tensor? result = null;
        try
        {
            return result = Contract(operands, indices);
        }
        finally
        {
            temporaries.End(result);
        }
    }

    private static Tensor Contract(ReadOnlySpan<Tensor> operands, EinsumIndices indices)
    {
        List<EinsumTerm> terms = [];
        for (int i = 0; i < operands.Length; i++)
            terms.Add(new EinsumTerm(operands[i], indices.Terms[i]).WithoutRepetitions().WithoutOnes());
        for (int i = 0; i < terms.Count; i++)
        {
            EinsumTerm term = terms[i];
            terms[i] = term.SumWhere(index => !IsNeeded(index, term, term));
        }
        while (terms.Count > 1)
        {
            (EinsumTerm a, EinsumTerm b) = Cheapest();
            EinsumTerm product = a.Multiply(b, index => IsNeeded(index, a, b));
            terms.Remove(a);
            terms.Remove(b);
            terms.Add(product);
        }
        return terms[0].Arranged(indices.Output, indices.OutputShape);

        // Whether the result has an index, or another factor that is still to come.
        bool IsNeeded(int index, EinsumTerm a, EinsumTerm b) =>
            indices.Output.Contains(index) || terms.Any(term => term != a && term != b && term.Indices.Contains(index));

        (EinsumTerm A, EinsumTerm B) Cheapest() => (
            from i in Enumerable.Range(0, terms.Count)
            from j in Enumerable.Range(i + 1, terms.Count - i - 1)
            let union = terms[i].Indices.Union(terms[j].Indices).ToArray()
            orderby indices.Count(union.Where(index => IsNeeded(index, terms[i], terms[j]))), indices.Count(union)
            select (terms[i], terms[j])).First();
    }
}
