//! A canvas that plotters draws on, at the resolution of the screen.

use super::{
    palette::Palette,
    scale::{TimeAxis, ValueAxis},
};
use plotters::{
    chart::{ChartBuilder, ChartContext},
    coord::{Shift, cartesian::Cartesian2d, types::RangedCoordf64},
    drawing::{DrawingArea, IntoDrawingArea},
    style::{
        FontDesc, FontFamily, FontStyle, RGBColor, ShapeStyle, TextStyle,
        text_anchor::{HPos, Pos, VPos},
    },
};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// What a chart is drawn in.
pub type Chart<'a> = ChartContext<'a, CanvasBackend, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// The size of text, in CSS pixels.
pub const TEXT: f64 = 11.0;

/// How wide the rim of text that lies on lines is, both sides together, in CSS pixels.
const HALO: f64 = 4.0;

/// Room around the lines, in CSS pixels. The style sheet places the overlay by the same numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Insets {
    /// For the labels of the values.
    pub left: f64,
    /// For thresholds and the names of lines.
    pub right: f64,
    /// For half a label.
    pub top: f64,
    /// For the labels of the time.
    pub bottom: f64,
}

impl Insets {
    /// Those of every plot.
    pub const PLOT: Self = Self {
        left: 44.0,
        right: 60.0,
        top: 8.0,
        bottom: 18.0,
    };
}

/// A size in CSS pixels, and how many pixels of the screen one of them is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Size {
    /// The width.
    pub width: f64,
    /// The height.
    pub height: f64,
    /// Pixels of the screen in one CSS pixel.
    pub ratio: f64,
}

impl Size {
    /// Whether something can be drawn in it.
    pub fn is_drawable(self) -> bool {
        let insets = Insets::PLOT;
        insets.left + insets.right + 16.0 < self.width
            && insets.top + insets.bottom + 8.0 < self.height
    }

    /// The width between the insets, in CSS pixels.
    pub fn plot_width(self) -> f64 {
        self.width - Insets::PLOT.left - Insets::PLOT.right
    }

    /// The height between the insets, in CSS pixels.
    pub fn plot_height(self) -> f64 {
        self.height - Insets::PLOT.top - Insets::PLOT.bottom
    }
}

/// A canvas ready to be drawn on.
pub struct Surface {
    root: DrawingArea<CanvasBackend, Shift>,
    context: CanvasRenderingContext2d,
    size: Size,
    family: String,
}

impl Surface {
    /// Makes a canvas as large as `size` on screen and clears it.
    pub fn clear(canvas: &HtmlCanvasElement, size: Size, palette: &Palette) -> Option<Self> {
        let (width, height) = (
            whole(size.width * size.ratio),
            whole(size.height * size.ratio),
        );
        let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        // Setting the size throws the canvas away; clearing it is cheaper.
        if canvas.width() != width || canvas.height() != height {
            canvas.set_width(width);
            canvas.set_height(height);
            context.set_line_join("round");
        } else {
            context.clear_rect(0.0, 0.0, f64::from(width), f64::from(height));
        }
        Some(Self {
            root: CanvasBackend::with_canvas_object(canvas.clone())?.into_drawing_area(),
            context,
            size,
            family: palette.family.clone(),
        })
    }

    /// Lets `draw` draw in coordinates of time and value.
    ///
    /// # Errors
    /// If the canvas refuses to be drawn on.
    pub fn chart(
        &self,
        time: TimeAxis,
        values: ValueAxis,
        draw: impl FnOnce(&mut Chart<'_>) -> Drawn,
    ) -> Drawn {
        let insets = Insets::PLOT;
        let area = self.root.margin(
            self.px(insets.top),
            self.px(insets.bottom),
            self.px(insets.left),
            self.px(insets.right),
        );
        let mut chart = ChartBuilder::on(&area)
            .build_cartesian_2d(0.0..time.end().0 as f64, 0.0..values.top)
            .map_err(|_| Undrawable)?;
        draw(&mut chart)
    }

    /// CSS pixels in pixels of the screen.
    pub fn px(&self, css: f64) -> i32 {
        signed(css * self.size.ratio)
    }

    /// A line of a colour and a width in CSS pixels.
    pub fn line(&self, colour: RGBColor, width: f64) -> ShapeStyle {
        ShapeStyle {
            color: colour.into(),
            filled: false,
            stroke_width: whole(width * self.size.ratio).max(1),
        }
    }

    /// Lines drawn by `draw` are dashed; lengths in CSS pixels.
    ///
    /// # Errors
    /// If the canvas refuses to be drawn on.
    pub fn dashed(&self, on: f64, off: f64, draw: impl FnOnce() -> Drawn) -> Drawn {
        let ratio = self.size.ratio;
        let dashes = js_sys::Array::of2(
            &JsValue::from_f64(on * ratio),
            &JsValue::from_f64(off * ratio),
        );
        self.context
            .set_line_dash(&dashes)
            .map_err(|_| Undrawable)?;
        let drawn = draw();
        self.context
            .set_line_dash(&js_sys::Array::new())
            .map_err(|_| Undrawable)?;
        drawn
    }

    /// Straight hairlines drawn by `draw` fall on pixels instead of between them.
    ///
    /// # Errors
    /// If the canvas refuses to be drawn on.
    pub fn crisp(&self, draw: impl FnOnce() -> Drawn) -> Drawn {
        self.context.translate(0.5, 0.5).map_err(|_| Undrawable)?;
        let drawn = draw();
        self.context.translate(-0.5, -0.5).map_err(|_| Undrawable)?;
        drawn
    }

    /// Text at a place in CSS pixels from the upper left corner.
    ///
    /// # Errors
    /// If the canvas refuses to be drawn on.
    pub fn text(&self, text: &str, x: f64, y: f64, anchor: HPos, colour: RGBColor) -> Drawn {
        let font = FontDesc::new(
            FontFamily::Name(&self.family),
            TEXT * self.size.ratio,
            FontStyle::Normal,
        );
        let style = TextStyle::from(font)
            .color(&colour)
            .pos(Pos::new(anchor, VPos::Center));
        self.root
            .draw_text(text, &style, (self.px(x), self.px(y)))
            .map_err(|_| Undrawable)
    }

    /// Text as by [`text`](Self::text), anchored at its left, that stays readable where lines run under it.
    ///
    /// # Errors
    /// If the canvas refuses to be drawn on.
    pub fn text_over_lines(
        &self,
        text: &str,
        (x, y): (f64, f64),
        (colour, behind): (RGBColor, RGBColor),
    ) -> Drawn {
        let (context, ratio) = (&self.context, self.size.ratio);
        context.save();
        context.set_font(&format!("{}px {}", TEXT * ratio, self.family));
        context.set_text_align("left");
        context.set_text_baseline("middle");
        let RGBColor(red, green, blue) = behind;
        context.set_stroke_style_str(&format!("#{red:02x}{green:02x}{blue:02x}"));
        context.set_line_width(HALO * ratio);
        let haloed = context.stroke_text(text, x * ratio, y * ratio);
        context.restore();
        haloed.map_err(|_| Undrawable)?;
        self.text(text, x, y, HPos::Left, colour)
    }

    /// Where an instant lies, in CSS pixels from the left of the canvas.
    pub fn x(&self, fraction: f64) -> f64 {
        Insets::PLOT.left + fraction * self.size.plot_width()
    }

    /// Where a value lies, in CSS pixels from the top of the canvas.
    pub fn y(&self, value: f64, values: ValueAxis) -> f64 {
        Insets::PLOT.top + (1.0 - value / values.top) * self.size.plot_height()
    }

    /// Its size.
    pub const fn size(&self) -> Size {
        self.size
    }
}

/// A canvas could not be drawn on. There is nothing to do about it: the next frame tries again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undrawable;

/// What drawing comes to.
pub type Drawn = Result<(), Undrawable>;

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes on a screen are small and not negative"
)]
fn whole(pixels: f64) -> u32 {
    pixels.round() as u32
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "places on a screen are small"
)]
fn signed(pixels: f64) -> i32 {
    pixels.round() as i32
}
