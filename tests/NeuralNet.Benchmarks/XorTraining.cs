namespace NeuralNet.Benchmarks;

/// <summary>The smallest training there is: a 2-8-1 network on the four rows of XOR.</summary>
internal sealed class XorTraining
{
    private readonly Tensor _x = Tensor.From(new float[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } });
    private readonly Tensor _y = Tensor.From(new float[,] { { 0 }, { 1 }, { 1 }, { 0 } });
    private readonly MeanSquaredError _loss = new();
    private readonly Sequential _model;
    private readonly Adam _optimizer;

    public XorTraining()
    {
        RandomGenerator generator = new(seed: 1);
        _model = new(
            new Dense(2, 8, activation: new Tanh(), generator: generator),
            new Dense(8, 1, activation: new Sigmoid(), generator: generator));
        _optimizer = new(_model.Parameters(), learningRate: 0.01);
    }

    /// <summary>Runs forward, backward and one step of Adam.</summary>
    public void Step()
    {
        _optimizer.ZeroGrad();
        _loss.Forward(_model.Forward(_x), _y).Backward();
        _optimizer.Step();
    }
}
