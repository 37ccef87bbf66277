package org.framecast.stream.flow;

enum NoRecorder implements StageRecorder {
  INSTANCE;

  @Override
  public void record(Stage stage, long nanos) {}

  @Override
  public void dropped(DropKind kind) {}
}
