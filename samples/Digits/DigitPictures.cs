namespace NeuralNet.Samples;

/// <summary>Draws digits as text, side by side.</summary>
internal static class DigitPictures
{
    private const string Shades = " .:-=+*#%@";

    public static void Print(TextWriter output, Tensor images, Tensor predicted, Tensor actual)
    {
        int count = (int)images.Shape[0];
        float[] pixels = images.ToArray<float>();
        for (int row = 0; row < Datasets.Digits.Size; row++)
        {
            for (int image = 0; image < count; image++)
            {
                for (int column = 0; column < Datasets.Digits.Size; column++)
                {
                    float ink = pixels[(image * Datasets.Digits.Size + row) * Datasets.Digits.Size + column];
                    char shade = Shades[(int)Math.Round(ink * (Shades.Length - 1))];
                    // Twice: a character is about twice as high as wide.
                    output.Write(shade);
                    output.Write(shade);
                }
                output.Write("   ");
            }
            output.WriteLine();
        }
        long[] answers = predicted.ToArray<long>();
        long[] truths = actual.ToArray<long>();
        for (int image = 0; image < count; image++)
        {
            string caption = answers[image] == truths[image] ? $"a {answers[image]}" : $"a {answers[image]}? no, a {truths[image]}";
            output.Write(caption.PadRight(2 * Datasets.Digits.Size + 3));
        }
        output.WriteLine();
        output.WriteLine();
    }
}
