using NeuralNet.Testing;

namespace NeuralNet.Tests;

/// <summary>Every instruction set with every dtype of floating point, for theories.</summary>
public static class FloatingPaths
{
    public static TheoryData<InstructionSet, DType> All
    {
        get
        {
            TheoryData<InstructionSet, DType> paths = [];
            foreach (InstructionSet set in Devices.InstructionSets)
            {
                paths.Add(set, DType.Float32);
                paths.Add(set, DType.Float64);
            }
            return paths;
        }
    }
}
