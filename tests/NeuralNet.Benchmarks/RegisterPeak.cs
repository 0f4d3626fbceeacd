using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeuralNet.Benchmarks;

/// <summary>The speed of light of one core: fused multiply-adds on 512-bit vectors that never leave the registers.</summary>
internal static class RegisterPeak
{
    private const int Accumulators = 16;

    /// <summary>Measures float operations per second, two for each multiply-add: the best of several short runs.</summary>
    /// <param name="runs">How many runs of about a millisecond each.</param>
    public static double MeasureSingle(int runs = 20)
    {
        const int steps = 100_000;
        double best = 0;
        for (int run = 0; run <= runs; run++)
        {
            long start = Stopwatch.GetTimestamp();
            float sum = MultiplyAdds(steps);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            double rate = 2.0 * steps * Accumulators * Vector512<float>.Count / seconds;
            // The sum is used, so the loop cannot be removed.
            if (run > 0 && sum != 0)
                best = Math.Max(best, rate);
        }
        return best;
    }

    /// <summary>Sixteen independent chains: twice what two units with a latency of four need.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float MultiplyAdds(int steps)
    {
        Vector512<float> x = Vector512.Create(0.5f);
        Vector512<float> y = Vector512.Create(1f);
        Vector512<float> a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y;
        Vector512<float> i = y, j = y, k = y, l = y, m = y, n = y, o = y, p = y;
        for (int step = 0; step < steps; step++)
        {
            a = Vector512.FusedMultiplyAdd(a, x, y);
            b = Vector512.FusedMultiplyAdd(b, x, y);
            c = Vector512.FusedMultiplyAdd(c, x, y);
            d = Vector512.FusedMultiplyAdd(d, x, y);
            e = Vector512.FusedMultiplyAdd(e, x, y);
            f = Vector512.FusedMultiplyAdd(f, x, y);
            g = Vector512.FusedMultiplyAdd(g, x, y);
            h = Vector512.FusedMultiplyAdd(h, x, y);
            i = Vector512.FusedMultiplyAdd(i, x, y);
            j = Vector512.FusedMultiplyAdd(j, x, y);
            k = Vector512.FusedMultiplyAdd(k, x, y);
            l = Vector512.FusedMultiplyAdd(l, x, y);
            m = Vector512.FusedMultiplyAdd(m, x, y);
            n = Vector512.FusedMultiplyAdd(n, x, y);
            o = Vector512.FusedMultiplyAdd(o, x, y);
            p = Vector512.FusedMultiplyAdd(p, x, y);
        }
        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p);
    }
}
