using NeuralNet;

Tensor x = Tensor.From(new float[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } });
Tensor y = Tensor.From(new float[,] { { 0 }, { 1 }, { 1 }, { 0 } });
var w = Tensor.Full(new Shape(2, 1), 0.5).RequireGrad();
Tensor loss = ((x.MatMul(w).Sigmoid() - y) * (x.MatMul(w).Sigmoid() - y)).Mean();
loss.Backward();
Console.WriteLine($"{loss} {w.Grad}");
