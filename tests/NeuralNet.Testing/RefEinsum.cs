namespace NeuralNet.Testing;

/// <summary>Einstein sums by the definition: for each element of the result, a loop over all indices that it lacks.</summary>
public static class RefEinsum
{
    private const string Ellipsis = "...";

    /// <summary>Stands for the last axis of ellipses; the following characters for those before it.</summary>
    private const char LastAxis = '\u0400';

    public static RefArray Compute(string equation, IReadOnlyList<RefArray> operands)
    {
        string[] sides = equation.Replace(" ", "").Split("->");
        string[] terms = sides[0].Split(',');
        int ellipsisRank = 0;
        for (int i = 0; i < terms.Length; i++)
        {
            if (!terms[i].Contains(Ellipsis))
                continue;
            int further = operands[i].Rank - (terms[i].Length - Ellipsis.Length);
            ellipsisRank = Math.Max(ellipsisRank, further);
            terms[i] = terms[i].Replace(Ellipsis, Axes(further));
        }
        string output = sides.Length > 1 ? sides[1].Replace(Ellipsis, Axes(ellipsisRank)) : Implicit(terms, ellipsisRank);
        return Sum(terms, output, operands);
    }

    private static string Axes(int count) => new([.. Enumerable.Range(0, count).Reverse().Select(i => (char)(LastAxis + i))]);

    private static string Implicit(string[] terms, int ellipsisRank)
    {
        IEnumerable<char> once = string.Concat(terms).Where(char.IsAsciiLetter).GroupBy(letter => letter)
            .Where(letters => letters.Count() == 1).Select(letters => letters.Key).Order();
        return Axes(ellipsisRank) + string.Concat(once);
    }

    private static RefArray Sum(string[] terms, string output, IReadOnlyList<RefArray> operands)
    {
        Dictionary<char, int> sizes = [];
        for (int i = 0; i < terms.Length; i++)
        {
            for (int axis = 0; axis < terms[i].Length; axis++)
            {
                if (sizes.GetValueOrDefault(terms[i][axis], 1) == 1)
                    sizes[terms[i][axis]] = operands[i].Sizes[axis];
            }
        }
        char[] summed = [.. sizes.Keys.Except(output)];
        int[] inner = [.. summed.Select(letter => sizes[letter])];
        Dictionary<char, int> place = [];
        return RefArray.Generate([.. output.Select(letter => sizes[letter])], i =>
        {
            Put(output, i);
            double sum = 0;
            _ = RefArray.Generate(inner, j =>
            {
                Put(summed, j);
                double product = 1;
                for (int operand = 0; operand < terms.Length; operand++)
                    product *= operands[operand][[.. terms[operand].Select(letter => place[letter])]];
                return sum += product;
            });
            return sum;
        });

        void Put(IEnumerable<char> letters, int[] index)
        {
            int axis = 0;
            foreach (char letter in letters)
                place[letter] = index[axis++];
        }
    }
}
