"""What people take home: a live page, a printed sheet and a booklet of every lesson.

    execution     run a notebook once, and keep the result as long as nothing changes
    kernels       what runs notebooks side by side, and hears whether they move on
    sources       what a run comes from; `imports` reads it from the code
    page          an executed notebook as one HTML file that needs no network
    model_script  the model that calculates in all pages, as one file beside them
    real_part     the toys that SmolLM2 answers in a page, once somebody has loaded it
    origins_script  what Fjordby has word for word, as another such file
    catalogs      what a page says, for another language; `told.js` exchanges it there
    notebooks     the lessons for JupyterLab, by these catalogs
    sheet         a lesson on two sides of paper, for people who don't code
    places        what its words leave open; filled by from_text and from_questions
    foot          the foot of a printed side, with a code for phones
    printing      an HTML file as a PDF, by the Chromium that the machine has
    site          what a folder of pages needs on the web, with pictures of each
    booklet       all sheets in one file, answers, exercises, the guide, the glossary
    kit           what an evening needs: signs, games on paper, lists

`python3 start.py handouts` makes them all in build/handouts. The words of the
sheets, the rules of the games and the leader's guide lie in the folder handouts/.
"""
