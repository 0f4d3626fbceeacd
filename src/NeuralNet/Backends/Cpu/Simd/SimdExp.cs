using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Simd;

/// <summary>
/// eˣ of floats, within 1.06 ulp and exactly 1 at 0: x = n·ln 2 + r with |r| ≤ ½·ln 2, eʳ by its Taylor series, whose remainder there is
/// below 6e-9, times 2ⁿ.
/// </summary>
internal static class SimdExp
{
    // Beyond these the result is 0 or ∞, and 2ⁿ would leave the range of its two factors.
    private const float Lowest = -104f;
    private const float Highest = 89f;

    // Up to this magnitude the result and 2ⁿ are normal numbers.
    private const float LargestNormal = 87f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimd<TVector, float>
    {
        // Where all results are normal numbers, as nearly always, one factor serves. A comparison with NaN is false, so that it passes.
        bool isNormal = TVector.GreaterOrEqualAll(TVector.Create(LargestNormal), TVector.Abs(x));
        if (!isNormal)
        {
            x = TVector.Select(TVector.Greater(x, TVector.Create(Highest)), TVector.Create(Highest), x);
            x = TVector.Select(TVector.Greater(TVector.Create(Lowest), x), TVector.Create(Lowest), x);
        }
        TVector magic = TVector.Create(SingleConstants.RoundingMagic);
        TVector n = TVector.MultiplyAdd(x, TVector.Create(SingleConstants.Log2E), magic) - magic;
        TVector r = TVector.MultiplyAdd(n, TVector.Create(-SingleConstants.Ln2High), x);
        r = TVector.MultiplyAdd(n, TVector.Create(-SingleConstants.Ln2Low), r);
        // In pairs, since one long chain of additions would be waited for.
        TVector square = r * r;
        TVector p = TVector.MultiplyAdd(TVector.Create(1f / 5040), r, TVector.Create(1f / 720));
        p = TVector.MultiplyAdd(p, square, TVector.MultiplyAdd(TVector.Create(1f / 120), r, TVector.Create(1f / 24)));
        p = TVector.MultiplyAdd(p, square, TVector.MultiplyAdd(TVector.Create(1f / 6), r, TVector.Create(0.5f)));
        p = TVector.MultiplyAdd(p, square, r) + TVector.Create(1f);
        if (isNormal)
            return p * TVector.PowerOfTwo(n);
        // Two factors, since 2ⁿ alone has no float where the result is denormal or overflows.
        TVector half = TVector.MultiplyAdd(n, TVector.Create(0.5f), magic) - magic;
        return p * TVector.PowerOfTwo(half) * TVector.PowerOfTwo(n - half);
    }
}
