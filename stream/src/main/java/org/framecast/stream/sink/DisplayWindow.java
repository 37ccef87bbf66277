package org.framecast.stream.sink;

import java.awt.AWTError;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.awt.event.KeyEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.InvocationTargetException;
import java.util.function.Consumer;
import javax.swing.AbstractAction;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;
import org.framecast.stream.media.MediaException;
import org.framecast.stream.media.VideoFrame;
import org.jspecify.annotations.Nullable;

/**
 * A window that shows pictures as large as it is, and passes keys on. The one class that names AWT,
 * so that nothing of it is loaded before a window is wanted.
 *
 * <p><b>Thread:</b> any; commands come on the event thread.
 */
final class DisplayWindow implements AutoCloseable {
  private final Consumer<DisplayCommand> commands;
  private final JFrame window;
  private final Canvas canvas = new Canvas();
  private final Object pictures = new Object();
  private @Nullable BufferedImage shown;
  private @Nullable BufferedImage spare;

  private DisplayWindow(String title, Consumer<DisplayCommand> commands) {
    this.commands = commands;
    window = new JFrame(title);
  }

  /**
   * @throws MediaException with UNSUPPORTED when this process can have no window
   */
  static void check() {
    try {
      if (GraphicsEnvironment.isHeadless()) {
        throw unsupported("no screen, or java.awt.headless is set", null);
      }
      // Connects to the screen, which may not be there although it is named.
      GraphicsEnvironment.getLocalGraphicsEnvironment().getDefaultScreenDevice();
    } catch (HeadlessException | AWTError | LinkageError e) {
      throw unsupported(String.valueOf(e.getMessage()), e);
    }
  }

  private static MediaException unsupported(String why, @Nullable Throwable cause) {
    return new MediaException(
        MediaException.Code.UNSUPPORTED, "a window cannot be shown here: " + why, cause);
  }

  /** Opens a window whose inside has that size, or as much of it as the screen has room for. */
  static DisplayWindow open(
      String title, int width, int height, Consumer<DisplayCommand> commands) {
    check();
    DisplayWindow[] made = new DisplayWindow[1];
    onEventThread(
        () -> {
          DisplayWindow display = new DisplayWindow(title, commands);
          display.build(width, height);
          made[0] = display;
        });
    return made[0];
  }

  private static void onEventThread(Runnable work) {
    try {
      SwingUtilities.invokeAndWait(work);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MediaException(MediaException.Code.SINK_FAILED, "interrupted at a window", e);
    } catch (InvocationTargetException e) {
      throw new MediaException(MediaException.Code.SINK_FAILED, "the window failed", e.getCause());
    }
  }

  private void build(int width, int height) {
    canvas.setPreferredSize(new Dimension(width, height));
    bind(KeyEvent.VK_SPACE, DisplayCommand.PAUSE);
    bind(KeyEvent.VK_PERIOD, DisplayCommand.STEP);
    bind(KeyEvent.VK_LEFT, DisplayCommand.BACK);
    bind(KeyEvent.VK_RIGHT, DisplayCommand.FORWARD);
    bind(KeyEvent.VK_Q, DisplayCommand.QUIT);
    bind(KeyEvent.VK_ESCAPE, DisplayCommand.QUIT);
    window.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
    window.addWindowListener(
        new WindowAdapter() {
          @Override
          public void windowClosing(WindowEvent event) {
            commands.accept(DisplayCommand.QUIT);
          }
        });
    window.setContentPane(canvas);
    window.pack();
    window.setVisible(true);
  }

  private void bind(int key, DisplayCommand command) {
    canvas
        .getInputMap(JComponent.WHEN_IN_FOCUSED_WINDOW)
        .put(KeyStroke.getKeyStroke(key, 0), command);
    canvas
        .getActionMap()
        .put(
            command,
            new AbstractAction() {
              private static final long serialVersionUID = 1L;

              @Override
              public void actionPerformed(java.awt.event.ActionEvent event) {
                commands.accept(command);
              }
            });
  }

  /** Shows a picture of packed BGR, which is copied. */
  void show(VideoFrame picture) {
    BufferedImage image;
    synchronized (pictures) {
      image = spare;
      spare = null;
    }
    if (image == null
        || image.getWidth() != picture.width()
        || image.getHeight() != picture.height()) {
      image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_3BYTE_BGR);
    }
    copy(picture, ((DataBufferByte) image.getRaster().getDataBuffer()).getData());
    synchronized (pictures) {
      spare = shown;
      shown = image;
    }
    canvas.repaint();
  }

  private static void copy(VideoFrame picture, byte[] pixels) {
    MemorySegment plane = picture.plane(0);
    int row = picture.width() * 3;
    for (int y = 0; y < picture.height(); y++) {
      MemorySegment.copy(
          plane, ValueLayout.JAVA_BYTE, (long) y * picture.stride(0), pixels, y * row, row);
    }
  }

  /** Writes the state behind the title. */
  void title(String text) {
    SwingUtilities.invokeLater(() -> window.setTitle(text));
  }

  @Override
  public void close() {
    onEventThread(window::dispose);
  }

  /** Draws the picture as large as fits, without bending it. */
  private final class Canvas extends JComponent {
    private static final long serialVersionUID = 1L;

    @Override
    protected void paintComponent(Graphics graphics) {
      graphics.setColor(java.awt.Color.BLACK);
      graphics.fillRect(0, 0, getWidth(), getHeight());
      synchronized (pictures) {
        BufferedImage image = shown;
        if (image == null) {
          return;
        }
        double scale =
            Math.min(
                (double) getWidth() / image.getWidth(), (double) getHeight() / image.getHeight());
        int width = (int) Math.round(image.getWidth() * scale);
        int height = (int) Math.round(image.getHeight() * scale);
        int x = (getWidth() - width) / 2;
        int y = (getHeight() - height) / 2;
        graphics.drawImage(image, x, y, width, height, null);
      }
    }
  }
}
