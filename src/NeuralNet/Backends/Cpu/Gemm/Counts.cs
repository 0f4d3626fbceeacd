namespace NeuralNet.Backends.Cpu.Gemm;

/// <summary>A number as a type, which the JIT folds into the code of a generic method.</summary>
internal interface ICount
{
    static abstract int Value { get; }
}

internal readonly struct N1 : ICount
{
    public static int Value => 1;
}

internal readonly struct N2 : ICount
{
    public static int Value => 2;
}

internal readonly struct N3 : ICount
{
    public static int Value => 3;
}

internal readonly struct N4 : ICount
{
    public static int Value => 4;
}

internal readonly struct N5 : ICount
{
    public static int Value => 5;
}

internal readonly struct N6 : ICount
{
    public static int Value => 6;
}

internal readonly struct N7 : ICount
{
    public static int Value => 7;
}

internal readonly struct N8 : ICount
{
    public static int Value => 8;
}

internal readonly struct N9 : ICount
{
    public static int Value => 9;
}

internal readonly struct N10 : ICount
{
    public static int Value => 10;
}

internal readonly struct N11 : ICount
{
    public static int Value => 11;
}

internal readonly struct N12 : ICount
{
    public static int Value => 12;
}

internal readonly struct N13 : ICount
{
    public static int Value => 13;
}

internal readonly struct N14 : ICount
{
    public static int Value => 14;
}
