namespace NeuralNet.Backends.Cpu.Loops;

/// <summary>The innermost loop of an operation. What it does to an element must not depend on how rows are cut into pieces.</summary>
internal interface IRowKernel
{
    /// <summary>Processes a row.</summary>
    void Run(in Row row);
}
