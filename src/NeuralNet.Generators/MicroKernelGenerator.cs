using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace NeuralNet.Generators;

/// <summary>Adds the micro-kernels of matrix products, thousands of lines that nobody should write or read, to the library.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class MicroKernelGenerator : IIncrementalGenerator
{
    /// <summary>AVX-512 and ARM64 have 32 registers: enough for 28 accumulators, two vectors of b and one of a. The others have 16.</summary>
    private const int MostRows = 14;
    private const int FewRows = 6;

    /// <summary>Of tiles of one vector, which need as many sums as others so that none waits for itself; only where the sum comes in segments.</summary>
    private const int NarrowRows = 2 * FewRows;

    private static readonly (int Bits, int Rows)[] s_vectors = [(512, MostRows), (256, FewRows), (128, MostRows), (0, FewRows)];

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context) =>
        context.RegisterPostInitializationOutput(static output =>
        {
            foreach ((int bits, int rows) in s_vectors)
            {
                foreach (string type in new[] { "float", "double" })
                {
                    MicroKernelWriter writer = new(new VectorText(bits, type), rows, Math.Max(rows, NarrowRows));
                    output.AddSource($"{writer.ClassName}.g.cs", SourceText.From(writer.Write(), Encoding.UTF8));
                }
            }
        });
}
