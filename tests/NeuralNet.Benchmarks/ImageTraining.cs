namespace NeuralNet.Benchmarks;

/// <summary>A 784-512-512-10 network on images of noise: the usual size of a first classifier.</summary>
internal sealed class ImageTraining
{
    private const int Features = 784;
    private const int Classes = 10;

    private readonly RandomGenerator _generator = new(seed: 1);
    private readonly CrossEntropy _loss = new();
    private readonly Sequential _model;
    private readonly Adam _optimizer;

    public ImageTraining()
    {
        _model = new(
            new Dense(Features, 512, activation: new ReLU(), generator: _generator),
            new Dense(512, 512, activation: new ReLU(), generator: _generator),
            new Dense(512, Classes, generator: _generator));
        _optimizer = new(_model.Parameters());
    }

    /// <summary>Draws a batch of images, of [batch, 784].</summary>
    public Tensor Images(int batch) => Tensor.Randn([batch, Features], generator: _generator);

    /// <summary>Draws the classes of a batch, of [batch].</summary>
    public Tensor Labels(int batch) => Tensor.RandInt(0, Classes, [batch], generator: _generator);

    /// <summary>Computes the scores of a batch; the graph is recorded, and nobody asks for its gradients.</summary>
    public Tensor Forward(Tensor images) => _model.Forward(images);

    /// <summary>Runs forward, backward and one step of Adam.</summary>
    public void Step(Tensor images, Tensor labels)
    {
        _optimizer.ZeroGrad();
        _loss.Forward(_model.Forward(images), labels).Backward();
        _optimizer.Step();
    }
}
