// Trains XOR with the packed library, under the JIT or NativeAOT, and fails when it was not learned.
using NeuralNet;

const int steps = 2000;
const float largestError = 0.1f;
const string expectedNames = "0.weight 0.bias 1.weight 1.bias";

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
Console.WriteLine($"XOR after {steps} steps: {string.Join(" ", predictions.Select(p => $"{p:F3}"))}, largest error {error:F3}");
return error < largestError ? 0 : 1;
