// Trains XOR with the packed library, under the JIT or NativeAOT, and fails when it was not learned.
// An argument names the instruction set that the library must have chosen, as `InstructionSet` has it.
using NeuralNet;

const int steps = 2000;
const float largestError = 0.1f;
const float productTolerance = 1e-4f;
const string expectedNames = "0.weight 0.bias 1.weight 1.bias";

InstructionSet chosen = CpuOptions.WidestInstructionSet;
if (args is [string expected] && expected != chosen.ToString())
{
    Console.WriteLine($"The library computes with {chosen}, expected {expected}.");
    return 1;
}

RandomGenerator generator = new(seed: 7);
Tensor x = Tensor.From(new float[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } });
Tensor y = Tensor.From(new float[,] { { 0 }, { 1 }, { 1 }, { 0 } });
Sequential model = new(
    new Dense(2, 8, activation: new Tanh(), generator: generator),
    new Dense(8, 1, activation: new Sigmoid(), generator: generator));
Adam optimizer = new(model.Parameters(), learningRate: 0.01);
MeanSquaredError loss = new();

for (int step = 0; step < steps; step++)
{
    optimizer.ZeroGrad();
    loss.Forward(model.Forward(x), y).Backward();
    optimizer.Step();
}

// Fields are found by reflection, which trimming could break.
string names = string.Join(" ", model.NamedParameters().Select(named => named.Name));
if (names != expectedNames)
{
    Console.WriteLine($"The parameters are '{names}', expected '{expectedNames}'.");
    return 1;
}

float[] predictions = model.Forward(x).ToArray<float>();
float[] targets = y.ToArray<float>();
float error = predictions.Zip(targets, (prediction, target) => Math.Abs(prediction - target)).Max();
Console.WriteLine($"XOR after {steps} steps: {string.Join(" ", predictions.Select(p => $"{p:F3}"))}, largest error {error:F3}, {chosen}");
if (LargestProductError() is var productError and > productTolerance)
{
    Console.WriteLine($"A product of matrices is off by {productError}, at most {productTolerance} is expected.");
    return 1;
}
return error < largestError ? 0 : 1;

// A product large enough for every path of the micro-kernels' choice, against the sum as it is defined.
static float LargestProductError()
{
    const int rows = 67, inner = 130, columns = 45;
    RandomGenerator random = new(seed: 3);
    Tensor a = Tensor.Uniform([rows, inner], -1, 1, generator: random), b = Tensor.Uniform([inner, columns], -1, 1, generator: random);
    float[] x = a.ToArray<float>(), y = b.ToArray<float>(), product = a.MatMul(b).ToArray<float>();
    float largest = 0;
    for (int i = 0; i < rows; i++)
    {
        for (int j = 0; j < columns; j++)
        {
            double sum = 0;
            for (int k = 0; k < inner; k++)
                sum += (double)x[i * inner + k] * y[k * columns + j];
            largest = Math.Max(largest, (float)Math.Abs(sum - product[i * columns + j]));
        }
    }
    return largest;
}
