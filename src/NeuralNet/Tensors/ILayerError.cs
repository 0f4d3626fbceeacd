namespace NeuralNet;

/// <summary>An error that can say in which layer it happened.</summary>
internal interface ILayerError
{
    string? LayerPath { get; set; }
}
