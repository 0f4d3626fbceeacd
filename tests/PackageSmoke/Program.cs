using System.Runtime.Intrinsics.X86;
using NeuralNet;

Console.WriteLine($"{new Shape(2, 3)} Avx2 {Avx2.IsSupported} Fma {Fma.IsSupported} Avx512F {Avx512F.IsSupported}");
