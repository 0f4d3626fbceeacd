using NeuralNet;
using NeuralNet.Datasets;

RandomGenerator.Default = new RandomGenerator(0);
Table table = CsvFile.Read(Path.Combine(AppContext.BaseDirectory, "iris.csv"));
var encoder = new LabelEncoder();
Tensor labels = encoder.FitTransform(table["species"].Texts);
DataSplit split = DataSplit.Stratified(labels, testFraction: 0.2);
(Tensor xTrain, Tensor xTest) = split.Of(table.Without("species").FillMissing().ToTensor());
(Tensor yTrain, Tensor yTest) = split.Of(labels);
var scaler = new StandardScaler();
var data = new TensorDataset(scaler.FitTransform(xTrain), yTrain);
var model = new Sequential(new Dense(4, 16, activation: new Tanh()), new Dense(16, 3));
var loss = new CrossEntropy();
var optimizer = new Adam(model.Parameters(), learningRate: 0.01);
for (int epoch = 0; epoch < 60; epoch++)
    foreach ((Tensor x, Tensor y) in new DataLoader(data, batchSize: 16, shuffle: true))
    {
        optimizer.ZeroGrad();
        loss.Forward(model.Forward(x), y).Backward();
        optimizer.Step();
    }
Tensor predicted = model.Forward(scaler.Transform(xTest)).ArgMax(1);
Console.WriteLine($"test accuracy: {predicted.Equal(yTest).Cast(DType.Float32).Mean().Item<float>():0.000}");
